using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

/// <summary>No signal is lost, none counts twice, and who waits goes on where it is told to.</summary>
public sealed class WorkSignalTests
{
    private readonly WorkSignal _signal = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task WaitAsync_SetTwiceBefore_CompletesOnceAndAsNobodysGuest()
    {
        _signal.Set();
        _signal.SetHere();

        Assert.False(await _signal.WaitAsync(Cancelled));
        Assert.False(_signal.WaitAsync(Cancelled).AsTask().IsCompleted);
    }

    [Fact(Timeout = 20_000)]
    public async Task SetHere_OneWaits_GoesOnHereBeforeItReturns()
    {
        var goneOnIn = 0;
        var waits = GoOnAsync(isGuest => goneOnIn = isGuest ? Environment.CurrentManagedThreadId : -1);

        _signal.SetHere();

        Assert.Equal(Environment.CurrentManagedThreadId, goneOnIn);
        await waits;
    }

    [Fact(Timeout = 20_000)]
    public async Task Set_OneWaits_GoesOnElsewhere()
    {
        using var goesOn = new ManualResetEventSlim();
        var wasGuest = true;
        var waits = GoOnAsync(isGuest =>
        {
            goesOn.Wait(Cancelled); // it would wait here for ever
            wasGuest = isGuest;
        });

        _signal.Set();
        goesOn.Set();
        await waits;

        Assert.False(wasGuest);
    }

    [Fact(Timeout = 20_000)]
    public async Task Set_WaitThatWasCancelled_IsKeptForTheNext()
    {
        using var cancellation = new CancellationTokenSource();
        var wait = _signal.WaitAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await wait);

        _signal.Set();

        Assert.False(await _signal.WaitAsync(Cancelled));
    }

    [Fact(Timeout = 20_000)]
    public async Task WaitAsync_IsCancelledAlready_LeavesTheSignalForTheNext()
    {
        _signal.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _signal.WaitAsync(new CancellationToken(canceled: true)));

        Assert.False(await _signal.WaitAsync(Cancelled));
    }

    [Fact(Timeout = 20_000)]
    public async Task WaitAsync_TokenOfTheWaitBeforeIsCancelled_GoesOnWaiting()
    {
        using var before = new CancellationTokenSource();
        var first = _signal.WaitAsync(before.Token);
        _signal.Set();
        await first;
        var second = _signal.WaitAsync(Cancelled).AsTask();

        await before.CancelAsync();

        Assert.False(second.IsCompleted);
        _signal.Set();
        await second;
    }

    [Fact(Timeout = 60_000)]
    public async Task WaitAsync_SetFromManyThreadsAndCancelledNowAndThen_LosesNothing()
    {
        const int Count = 20_000;
        var asked = 0;
        var setting = Parallel.ForAsync(0, Count, Cancelled, (number, _) =>
        {
            Interlocked.Increment(ref asked);
            if (number % 3 == 0)
                _signal.SetHere();
            else
                _signal.Set();
            return ValueTask.CompletedTask;
        });

        for (var waits = 0; Volatile.Read(ref asked) < Count; waits++) // after the last there is always one more wake
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            var wait = _signal.WaitAsync(cancellation.Token);
            if (waits % 5 == 0)
                await cancellation.CancelAsync();
            try
            {
                if (await wait)
                    await Task.Yield();
            }
            catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
            {
                continue;
            }
        }

        await setting;
    }

    private async Task GoOnAsync(Action<bool> then) => then(await _signal.WaitAsync(Cancelled));
}
