namespace EyesonBridge.Outbox;

/// <summary>Whether the dispatcher makes progress: when it last checked the outbox, completed an attempt, and received a confirm.</summary>
internal sealed class DispatcherProgress(TimeProvider time)
{
    private long _roundAt = time.GetTimestamp();
    private long _attemptAt = time.GetTimestamp();
    private long _confirmAt = time.GetTimestamp();
    private volatile bool _isFull;
    private int _lanes;

    /// <summary>Of how many rooms events are being published.</summary>
    public int Lanes => Volatile.Read(ref _lanes);

    /// <summary>How long nothing has been confirmed although events wait; zero when none waits.</summary>
    public TimeSpan StalledFor => Lanes == 0 ? TimeSpan.Zero : Since(ref _confirmAt);

    /// <summary>
    /// How long it has done nothing although there is something to do: looked at the outbox, or ended an attempt. An
    /// attempt that fails is ended too: a broker that is away or silent is nothing that a restart of the bridge cures.
    /// </summary>
    public TimeSpan StuckFor
    {
        get
        {
            var publishing = Lanes == 0 ? TimeSpan.Zero : Since(ref _attemptAt);
            var reading = _isFull ? TimeSpan.Zero : Since(ref _roundAt);
            return publishing > reading ? publishing : reading;
        }
    }

    /// <summary>It looks at the outbox, or has so much in hand that it waits with that.</summary>
    public void NoteRound(bool isFull)
    {
        Volatile.Write(ref _roundAt, time.GetTimestamp());
        _isFull = isFull;
    }

    /// <summary>A room has events to be published.</summary>
    public void BeginLane()
    {
        if (Lanes == 0)
        {
            NoteAttempt();
            NoteConfirm();
        }

        Interlocked.Increment(ref _lanes);
    }

    /// <summary>A room has none any more.</summary>
    public void EndLane() => Interlocked.Decrement(ref _lanes);

    /// <summary>An attempt to publish ended, well or not.</summary>
    public void NoteAttempt() => Volatile.Write(ref _attemptAt, time.GetTimestamp());

    /// <summary>Whether the broker confirmed anything after that moment.</summary>
    public bool HasConfirmedSince(long timestamp) => Volatile.Read(ref _confirmAt) > timestamp;

    /// <summary>The broker confirmed an event.</summary>
    public void NoteConfirm() => Volatile.Write(ref _confirmAt, time.GetTimestamp());

    private TimeSpan Since(ref long at) => time.GetElapsedTime(Volatile.Read(ref at));
}
