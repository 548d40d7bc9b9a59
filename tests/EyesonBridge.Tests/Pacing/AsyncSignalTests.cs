using EyesonBridge.Pacing;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Pacing;

/// <summary>No signal is lost, and none counts twice.</summary>
public sealed class AsyncSignalTests
{
    private readonly AsyncSignal _signal = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void WaitAsync_SetTwiceBefore_CompletesOnce()
    {
        _signal.Set();
        _signal.Set();

        Assert.True(_signal.WaitAsync(Cancelled).IsCompletedSuccessfully);
        Assert.False(_signal.WaitAsync(Cancelled).IsCompleted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Set_TwoWait_WakesOne()
    {
        Task[] waits = [_signal.WaitAsync(Cancelled), _signal.WaitAsync(Cancelled)];

        _signal.Set();

        var woken = await Task.WhenAny(waits);
        Assert.False(waits.Single(wait => wait != woken).IsCompleted);
        _signal.Set();
        await Task.WhenAll(waits);
    }

    [Fact(Timeout = 60_000)]
    public async Task Set_WaitThatWasCancelled_IsKeptForTheNext()
    {
        using var cancellation = new CancellationTokenSource();
        var wait = _signal.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);

        _signal.Set();

        Assert.True(_signal.WaitAsync(Cancelled).IsCompletedSuccessfully);
    }

    [Fact(Timeout = 60_000)]
    public async Task Set_OneOfTwoWasCancelled_WakesTheOther()
    {
        using var cancellation = new CancellationTokenSource();
        var other = _signal.WaitAsync(Cancelled);
        var cancelled = _signal.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();

        _signal.Set();

        await other;
        Assert.True(cancelled.IsCanceled);
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAsync_CancelledBefore_LeavesTheSignal()
    {
        _signal.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _signal.WaitAsync(new CancellationToken(canceled: true)));

        Assert.True(_signal.WaitAsync(Cancelled).IsCompletedSuccessfully);
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAsync_NothingComesInTime_Completes()
    {
        var clock = new ManualTimeProvider();
        var wait = _signal.WaitAsync(TimeSpan.FromSeconds(5), clock, Cancelled);

        clock.Advance(TimeSpan.FromSeconds(5));

        await wait;
        _signal.Set();
        Assert.True(_signal.WaitAsync(Cancelled).IsCompletedSuccessfully); // the wait that timed out took nothing
    }
}
