namespace EyesonBridge.Storage.Writing;

/// <summary>
/// Writes on their way to the one writer, in the order in which their callers came; only deletes, which lead to nothing,
/// wait beside it for a commit that they can share.
/// </summary>
/// <remarks>
/// <para>
/// Each entry is a caller that waits for it, and it leaves with its caller: a cancelled write is removed at once. So the
/// queue holds no more than its callers do, however long the disk is full. What is bounded, in count and bytes, is what
/// goes into one transaction; a caller that wants a bound on its own writes has to wait for some before it starts more.
/// </para>
/// <para>
/// A write that comes while the store is at rest is taken at once. Soon after another commit it waits for company, unless
/// there is enough of it already. These waits are of milliseconds, for the disk's sake, and on the machine's own clock:
/// what is asked of the store does not stand still with the clock of a test.
/// </para>
/// </remarks>
internal sealed class WriteQueue : IDisposable
{
    private const int Company = 64; // what waits for company: so many have enough of it
    private const long CompanyBytes = 256 * 1024;
    private const long Never = long.MaxValue;
    private const long Awake = long.MinValue;

    private static readonly TimeProvider Clock = TimeProvider.System;
    private static readonly long Linger = Ticks(TimeSpan.FromMilliseconds(3));
    private static readonly long Anytime = Ticks(TimeSpan.FromMilliseconds(200));

    private readonly Lock _gate = new();
    private readonly WriteLine _waiting = new();
    private readonly WriteLine _anytime = new();
    private readonly AutoResetEvent _awaken = new(initialState: false);
    private long _bytesUnderWay;
    private int _atOnce;
    private long _anytimeDue;
    private long _takenAt;
    private long _sleepsUntil = Awake;
    private bool _closed;

    /// <summary>What the writes carry that are not settled yet, roughly.</summary>
    public long BytesUnderWay => Interlocked.Read(ref _bytesUnderWay);

    public void NoteEntered(long bytes) => Interlocked.Add(ref _bytesUnderWay, bytes);

    public void NoteSettled(long bytes) => Interlocked.Add(ref _bytesUnderWay, -bytes);

    /// <summary>Adds a write at the end. False when the queue is closed.</summary>
    public bool TryAdd(WriteOperation operation)
    {
        lock (_gate)
        {
            if (_closed)
                return false;

            if (operation.Haste == WriteHaste.Anytime)
            {
                if (_anytime.Count == 0)
                    _anytimeDue = Clock.GetTimestamp() + Anytime;
                _anytime.Add(operation);
            }
            else
            {
                _waiting.Add(operation);
                if (operation.Haste == WriteHaste.AtOnce)
                    _atOnce++;
            }

            if (_sleepsUntil > DueAt())
            {
                _sleepsUntil = Awake;
                _awaken.Set();
            }

            return true;
        }
    }

    /// <summary>Removes a write, if it is still in the queue.</summary>
    public void Remove(WriteOperation operation)
    {
        lock (_gate)
            Unlink(operation);
    }

    /// <summary>Moves what waits into <paramref name="batch"/>, up to the limits but at least one; blocks while it is not yet time for any.</summary>
    /// <returns>False when nothing waits and the queue is closed.</returns>
    public bool Take(List<WriteOperation> batch, int maxCount, long maxBytes)
    {
        while (true)
        {
            var pause = Timeout.Infinite;
            lock (_gate)
            {
                _sleepsUntil = Awake;
                var due = DueAt();
                var now = Clock.GetTimestamp();
                if (due <= now)
                {
                    _takenAt = now;
                    Move(_anytime, batch, maxCount, long.MaxValue);
                    Move(_waiting, batch, batch.Count + maxCount, maxBytes);
                    return true;
                }

                if (_closed)
                    return false;

                // Soon after a commit there is no need to be told of the first that comes.
                if (due == Never && now < _takenAt + Linger)
                    due = _takenAt + Linger;
                _sleepsUntil = due;
                if (due != Never)
                    pause = (int)Math.Ceiling((due - now) * 1_000.0 / Clock.TimestampFrequency);
            }

            _awaken.WaitOne(pause);
        }
    }

    /// <summary>Moves the writes that make room, wherever they stand, into <paramref name="batch"/>.</summary>
    public void TakeThoseThatFreeSpace(List<WriteOperation> batch)
    {
        lock (_gate)
        {
            Move(_anytime, batch, int.MaxValue, long.MaxValue);
            for (var operation = _waiting.First; operation is not null;)
            {
                var next = operation.Next;
                if (operation.FreesSpace)
                {
                    Unlink(operation);
                    batch.Add(operation);
                }

                operation = next;
            }
        }
    }

    /// <summary>Refuses further writes. Those in the queue can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _awaken.Set();
    }

    public void Dispose() => _awaken.Dispose();

    private static long Ticks(TimeSpan time) => time.Ticks * Clock.TimestampFrequency / TimeSpan.TicksPerSecond;

    /// <summary>When there is something to be taken; what has passed is now.</summary>
    private long DueAt()
    {
        if (_waiting.Count + _anytime.Count == 0)
            return Never;
        if (_closed || _atOnce > 0 || _waiting.Count >= Company || _waiting.Bytes >= CompanyBytes)
            return 0;

        var appends = _waiting.Count > 0 ? _takenAt + Linger : Never;
        var deletes = _anytime.Count > 0 ? _anytimeDue : Never;
        return Math.Min(appends, deletes);
    }

    private void Move(WriteLine from, List<WriteOperation> batch, int untilCount, long maxBytes)
    {
        for (var bytes = 0L; from.First is { } next && batch.Count < untilCount && bytes < maxBytes;)
        {
            Unlink(next);
            batch.Add(next);
            bytes += next.Bytes;
        }
    }

    private void Unlink(WriteOperation operation)
    {
        if (operation.Line is not { } line)
            return;

        line.Remove(operation);
        if (operation.Haste == WriteHaste.AtOnce)
            _atOnce--;
    }
}
