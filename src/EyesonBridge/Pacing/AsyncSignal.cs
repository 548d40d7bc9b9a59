using System.Threading.Channels;

namespace EyesonBridge.Pacing;

/// <summary>Wakes the waiter. A signal that comes while nobody waits is kept; several before a wait count as one.</summary>
internal sealed class AsyncSignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes one waiter, now or at its next wait.</summary>
    public void Set() => _set.Writer.TryWrite(item: true);

    /// <summary>Waits for the signal.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _set.Reader.ReadAsync(cancellationToken).AsTask();

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
}
