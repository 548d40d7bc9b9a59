namespace EyesonBridge.Cli.Demo;

/// <summary>The events of the demo's room, and a way to wait for them.</summary>
internal sealed class DemoReceived
{
    private readonly Lock _gate = new();
    private readonly List<TailedEvent> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many different ones have come.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _events.Count;
        }
    }

    public void Add(TailedEvent happened)
    {
        lock (_gate)
        {
            if (_events.Exists(known => known.Sequence == happened.Sequence))
                return;

            _events.Add(happened);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>True once so many events of a type have come; false when they do not within the time.</summary>
    public async Task<bool> WhenAsync(string type, int count, TimeSpan within, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(within, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (!Has(type, count, out var changed))
                await changed.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private bool Has(string type, int count, out Task changed)
    {
        lock (_gate)
        {
            changed = _changed.Task;
            return _events.Count(known => string.Equals(known.Type, type, StringComparison.Ordinal)) >= count;
        }
    }
}
