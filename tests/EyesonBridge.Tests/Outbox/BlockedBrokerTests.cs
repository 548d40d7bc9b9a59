using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Outbox;

/// <summary>A broker that says that it takes nothing for now: memory or disk are short.</summary>
public sealed class BlockedBrokerTests
{
    private const int PublishingFailed = 4000;
    private const int PublishingRecovered = 4001;
    private const int RoomHeldUp = 4006;
    private const string Reason = "low on memory";

    private readonly TaskCompletionSource _confirm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task Publish_BrokerIsBlockedForLong_WaitsOnTheSameChannelAndSendsNothingTwice()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await BlockAsync(fixture);

        fixture.Time.Advance(20 * fixture.Options.PublishTimeout);
        await fixture.AppendAsync("later", 3);
        fixture.Time.Advance(20 * fixture.Options.PublishTimeout);

        Assert.Equal(Reason, fixture.Dispatcher.Problem);
        Assert.Equal((4, 1), (fixture.Publisher.AttemptCount, fixture.Log.Count(PublishingFailed)));
        await fixture.Time.AdvanceUntilAsync(() => fixture.Dispatcher.Progress.StuckFor < TimeSpan.FromSeconds(1)); // no restart would change it
        _confirm.SetResult();
        UnblockAll(fixture);
        await fixture.Publisher.WhenConfirmedAsync(7, Cancelled);
        await fixture.Log.WhenAsync(PublishingRecovered, 1, Cancelled);
        await fixture.StopAsync();

        Assert.Equal(7, fixture.Publisher.AttemptCount);
        Assert.Equal((1, 0), (fixture.Log.Count(PublishingFailed), fixture.Log.Count(RoomHeldUp)));
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_BrokerSaysNothingAfterItWasBlocked_GivesTheChannelUpAfterTheTimeout()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await BlockAsync(fixture);
        fixture.Time.Advance(2 * fixture.Options.PublishTimeout);

        UnblockAll(fixture);
        fixture.Time.Advance(fixture.Options.PublishTimeout - TimeSpan.FromMilliseconds(250));
        Assert.Equal(4, fixture.Publisher.AttemptCount);
        fixture.Publisher.Publish = static (_, _) => Task.CompletedTask;
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);

        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], fixture.Publisher.Attempts.Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_BlockedChannelIsLost_GoesOnWithTheNext()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await BlockAsync(fixture);
        fixture.Publisher.Publish = static (_, _) => Task.CompletedTask;
        _open.SetResult();

        foreach (var channel in fixture.Publisher.Channels)
            channel.Lose("the broker restarts", isFaultOfAnEvent: false);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);

        Assert.Equal(4, fixture.Publisher.ConfirmedCount);
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_WhatWasTakenBeforeIsConfirmedWhileBlocked_WorksAgainOnlyWhenItIsUnblocked()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await BlockAsync(fixture);
        await fixture.AppendAsync("room", 1); // something else waits

        _confirm.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(4, Cancelled);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (fixture.Log.Count(PublishingFailed), fixture.Log.Count(PublishingRecovered)));
        UnblockAll(fixture);
        await fixture.Publisher.WhenConfirmedAsync(5, Cancelled);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Log.WhenAsync(PublishingRecovered, 1, Cancelled);

        Assert.Null(fixture.Dispatcher.Problem);
        Assert.Equal((1, 1), (fixture.Log.Count(PublishingFailed), fixture.Log.Count(PublishingRecovered)));
    }

    [Fact(Timeout = 20_000)]
    public async Task Stop_BrokerIsBlocked_DoesNotWaitForIt()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await BlockAsync(fixture);

        await fixture.StopAsync(); // the clock stands still: nothing is waited for

        Assert.Equal(4, (await fixture.WaitingAsync()).Count);
    }

    /// <summary>Four events are on their way when the broker stops taking any.</summary>
    private async Task BlockAsync(DispatcherFixture fixture)
    {
        fixture.Publisher.Publish = (_, closed) => _confirm.Task.WaitAsync(closed);
        await fixture.AppendAsync("room", 4);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(4, Cancelled);
        fixture.Publisher.Open = () => _open.Task; // no other channel can be opened while the connection is blocked
        foreach (var channel in fixture.Publisher.Channels)
            channel.Block(Reason);
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        await fixture.Log.WhenAsync(PublishingFailed, 1, Cancelled);
    }

    private void UnblockAll(DispatcherFixture fixture)
    {
        _open.SetResult();
        foreach (var channel in fixture.Publisher.Channels)
            channel.Unblock();
    }
}
