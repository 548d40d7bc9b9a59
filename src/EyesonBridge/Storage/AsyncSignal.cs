namespace EyesonBridge.Storage;

/// <summary>Wakes whoever waits. A signal that comes while nobody waits is kept; several before a wait count as one.</summary>
internal sealed class AsyncSignal
{
    private readonly SemaphoreSlim _set = new(0, 1);

    /// <summary>Wakes one waiter, now or at its next wait.</summary>
    public void Set()
    {
        lock (_set)
        {
            if (_set.CurrentCount == 0)
                _set.Release();
        }
    }

    /// <summary>Waits for the signal.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _set.WaitAsync(cancellationToken);

    /// <summary>Waits for the signal, at most for <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _set.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is over, and nothing has come.
        }
    }
}
