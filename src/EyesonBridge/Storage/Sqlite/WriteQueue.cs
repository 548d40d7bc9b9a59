namespace EyesonBridge.Storage.Sqlite;

/// <summary>Writes on their way to the one writer, in the order in which their callers came.</summary>
/// <remarks>
/// Each entry is a caller that waits for it, and it leaves with its caller: a cancelled write is removed at once. So the
/// queue holds no more than its callers do, however long the disk is full. What is bounded, in count and bytes, is what
/// goes into one transaction; a caller that wants a bound on its own writes has to wait for some before it starts more.
/// </remarks>
internal sealed class WriteQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<WriteOperation> _waiting = new();
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private bool _closed;

    /// <summary>Adds a write at the end. False when the queue is closed.</summary>
    public bool TryAdd(WriteOperation operation)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            operation.Place = _waiting.AddLast(operation);
            if (_waiting.Count == 1)
                _arrived.Set();
            return true;
        }
    }

    /// <summary>Removes a write, if it is still in the queue.</summary>
    public void Remove(WriteOperation operation)
    {
        lock (_gate)
            Unlink(operation);
    }

    /// <summary>Moves what waits into <paramref name="batch"/>, up to the limits but at least one; blocks while nothing waits.</summary>
    /// <returns>False when nothing waits and the queue is closed.</returns>
    public bool Take(List<WriteOperation> batch, int maxCount, long maxBytes)
    {
        while (true)
        {
            lock (_gate)
            {
                var bytes = 0L;
                while (_waiting.First is { Value: var next } && batch.Count < maxCount && bytes < maxBytes)
                {
                    Unlink(next);
                    batch.Add(next);
                    bytes += next.Bytes;
                }

                if (batch.Count > 0)
                    return true;
                if (_closed)
                    return false;
            }

            _arrived.WaitOne();
        }
    }

    /// <summary>Moves the writes that make room, wherever they stand, into <paramref name="batch"/>.</summary>
    public void TakeThoseThatFreeSpace(List<WriteOperation> batch)
    {
        lock (_gate)
        {
            for (var place = _waiting.First; place is not null;)
            {
                var operation = place.Value;
                place = place.Next;
                if (!operation.FreesSpace)
                    continue;

                Unlink(operation);
                batch.Add(operation);
            }
        }
    }

    /// <summary>Refuses further writes. Those in the queue can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _arrived.Set();
    }

    public void Dispose() => _arrived.Dispose();

    private void Unlink(WriteOperation operation)
    {
        if (operation.Place is not { } place)
            return;

        _waiting.Remove(place);
        operation.Place = null;
    }
}
