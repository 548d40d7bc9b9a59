namespace EyesonBridge.Pacing;

/// <summary>Wakes the waiter. A signal that comes while nobody waits is kept; several before a wait count as one.</summary>
/// <remarks>Each room has one and waits for it for hours, so it is small.</remarks>
internal sealed class AsyncSignal
{
    private readonly Lock _gate = new();
    private Waiter? _waiters;
    private bool _isSet;

    /// <summary>Wakes one waiter, now or at its next wait.</summary>
    public void Set()
    {
        lock (_gate)
        {
            while (_waiters is { } waiter)
            {
                _waiters = waiter.Next;
                if (waiter.TryWake())
                    return;
            }

            _isSet = true;
        }
    }

    /// <summary>Waits for the signal.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);

        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return Task.CompletedTask;
            }

            while (_waiters is { Task.IsCompleted: true })
                _waiters = _waiters.Next; // its wait was cancelled
            _waiters = new Waiter(_waiters, cancellationToken);
            return _waiters.Task;
        }
    }

    /// <summary>Waits for the signal, at most for <paramref name="atMost"/>. False when it did not come.</summary>
    public async Task<bool> WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>A wait under way. Who wakes it or cancels it first counts.</summary>
    private sealed class Waiter : TaskCompletionSource
    {
        private readonly CancellationTokenRegistration _cancellation;

        public Waiter(Waiter? next, CancellationToken cancellationToken)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            Next = next;
            _cancellation = cancellationToken.UnsafeRegister(
                static (waiter, cancelled) => ((Waiter)waiter!).TrySetCanceled(cancelled), this);
        }

        public Waiter? Next { get; }

        /// <summary>False when the wait was cancelled.</summary>
        public bool TryWake()
        {
            _cancellation.Unregister();
            return TrySetResult();
        }
    }
}
