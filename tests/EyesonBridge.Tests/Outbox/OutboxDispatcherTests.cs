using System.Collections.Concurrent;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Outbox;

public sealed class OutboxDispatcherTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Publish_ManyRooms_IsInOrderPerRoomAndOnceEach()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await fixture.StartAsync();

        for (var round = 0; round < 10; round++)
        {
            for (var room = 0; room < 30; room++)
                await fixture.AppendAsync($"room-{room}", 1 + (room % 3));
        }

        await fixture.Publisher.WhenConfirmedAsync(600, Cancelled);
        await fixture.StopAsync();

        AssertInOrder(fixture.Publisher.Confirmed, 600);
        Assert.Equal(600, fixture.Publisher.AttemptCount);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Publish_RandomFailuresAndDelays_KeepsTheOrderOfEachRoom(int seed)
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var random = new Random(seed);
        var decided = new ConcurrentDictionary<Guid, int>();
        fixture.Publisher.Publish = async (entry, cancellationToken) =>
        {
            int fate;
            lock (random)
                fate = decided.AddOrUpdate(entry.EventId, _ => random.Next(10), (_, _) => 9);
            if (fate == 0)
                throw new InvalidOperationException("The broker said no.");
            if (fate == 1)
                await Task.Delay(TimeSpan.FromSeconds(1), fixture.Time, cancellationToken);
            if (fate == 2)
                await Task.Delay(TimeSpan.FromMinutes(1), fixture.Time, cancellationToken); // longer than the time-out
        };
        for (var room = 0; room < 20; room++)
            await fixture.AppendAsync($"room-{room}", 10);

        await fixture.StartAsync();
        await fixture.Time.AdvanceUntilAsync(() => fixture.Publisher.ConfirmedCount >= 200 && fixture.Dispatcher.Progress.Lanes == 0);
        await fixture.StopAsync();

        // A confirm that comes as the time runs out is not heard: that entry is published once more.
        AssertInOrder([.. fixture.Publisher.Confirmed.DistinctBy(entry => entry.EventId)], 200);
        Assert.True(fixture.Publisher.AttemptCount > 200);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ManyRooms_GoesOnConcurrentlyUpToTheLimit()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        fixture.Options.ConcurrentRooms = 4;
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => confirm.Task;
        for (var room = 0; room < 12; room++)
            await fixture.AppendAsync($"room-{room}", 5);

        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(4, Cancelled);
        Assert.Equal(4, fixture.Publisher.Attempts.Select(entry => entry.RoomId).Distinct(StringComparer.Ordinal).Count());
        confirm.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(60, Cancelled);

        Assert.Equal((4, 1), (fixture.Publisher.MostUnderWay, fixture.Publisher.MostOfARoom));
        AssertInOrder(fixture.Publisher.Confirmed, 60);
    }

    [Fact(Timeout = 60_000)]
    public async Task Delete_Entry_ComesOnlyAfterItsConfirm()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (entry, _) => entry.Sequence == 2 ? confirm.Task : Task.CompletedTask;
        await fixture.AppendAsync("room", 3);

        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(2, Cancelled);

        Assert.Equal([2L, 3L], (await fixture.WaitingAsync()).Select(entry => entry.Sequence).Where(sequence => sequence > 1));
        confirm.SetResult();
        await fixture.StopAsync();
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_Failure_IsRetriedWithTheSameIdAndSaidOnce()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var failures = 3;
        fixture.Publisher.Publish = (_, _) => failures-- > 0 ? throw new InvalidOperationException("The broker said no.") : Task.CompletedTask;
        await fixture.AppendAsync("room", 2);

        await fixture.StartAsync();
        await fixture.Time.AdvanceUntilAsync(() => fixture.Publisher.ConfirmedCount == 2);
        await fixture.StopAsync();

        Assert.Equal([1L, 1, 1, 1, 2], fixture.Publisher.Attempts.Select(entry => entry.Sequence));
        Assert.Equal(2, fixture.Publisher.Attempts.Select(entry => entry.EventId).Distinct().Count());
        Assert.Equal((1, 1), (fixture.Log.Count(4000), fixture.Log.Count(4001)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_ThatHangs_IsGivenUpAfterTheTimeout()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (_, _) => never.Task; // not even cancellation is heard
        await fixture.AppendAsync("room", 1);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);

        fixture.Time.Advance(fixture.Options.PublishTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal((1, 0), (fixture.Publisher.AttemptCount, fixture.Log.Count(4000)));
        fixture.Publisher.Publish = static (_, _) => Task.CompletedTask;
        fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
        await fixture.Log.WhenAsync(4000, 1, Cancelled);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Publisher.ConfirmedCount == 1);
        await fixture.StopAsync();

        Assert.Single(fixture.Publisher.Attempts.Select(entry => entry.EventId).Distinct());
        Assert.Contains(fixture.Log.Texts, text => text.Contains("no confirmation within 10 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Publish_UnreadableEntry_BlocksItsRoomOnly()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        fixture.Publisher.Publish = static (entry, _) =>
            string.Equals(entry.Type, "HologramStarted", StringComparison.Ordinal) ? throw new NotSupportedException("No such event.") : Task.CompletedTask;
        await fixture.AppendAsync("blocked", 1);
        await fixture.AppendAsync("blocked", 1, "HologramStarted");
        await fixture.AppendAsync("blocked", 3);
        await fixture.AppendAsync("free", 5);

        await fixture.StartAsync();
        await fixture.Log.WhenAsync(4002, 1, Cancelled);
        await fixture.AppendAsync("blocked", 12_000); // more than is held in memory
        await fixture.AppendAsync("free", 5);
        await fixture.Publisher.WhenConfirmedAsync(11, Cancelled);
        await fixture.StopAsync(); // has nothing to wait for

        Assert.Equal(
            Enumerable.Range(2, 12_004).Select(number => ("blocked", (long)number)),
            (await fixture.WaitingAsync()).Select(entry => (entry.RoomId, entry.Sequence)));
        Assert.Equal(1, fixture.Log.Count(4002)); // an alert once, however often it is tried
        Assert.Equal(0, fixture.Log.Count(4000));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_WorkingBroker_DrainsWhatIsInTheOutbox()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => confirm.Task;
        for (var room = 0; room < 30; room++)
            await fixture.AppendAsync($"room-{room}", 10);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);

        var stopping = fixture.StopAsync();
        confirm.SetResult();
        await stopping;

        AssertInOrder(fixture.Publisher.Confirmed, 300);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_FailingBroker_DoesNotWaitForIt()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        fixture.Publisher.Publish = static (_, _) => throw new InvalidOperationException("The broker said no.");
        for (var room = 0; room < 30; room++)
            await fixture.AppendAsync($"room-{room}", 10);
        await fixture.StartAsync();
        await fixture.Log.WhenAsync(4000, 1, Cancelled);

        await fixture.StopAsync(); // the clock stands still: nothing is waited for

        Assert.Equal(300, (await fixture.WaitingAsync()).Count);
        Assert.Contains(fixture.Log.Texts, text => text.Contains("300 events remain", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_HangingBroker_GivesUpAfterAFewSeconds()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (_, _) => never.Task;
        await fixture.AppendAsync("room", 3);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);

        await StopWhileTheClockRunsAsync(fixture);

        Assert.Equal(3, (await fixture.WaitingAsync()).Count);
    }

    [Fact(Timeout = 120_000)]
    public async Task Publish_LargeOutbox_IsLoadedBitByBit()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var reads = new CountingStore(fixture.Store);
        fixture.Options.ConcurrentRooms = 256;
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => gate.Task;
        for (var room = 0; room < 100; room++)
            await fixture.AppendAsync($"room-{room}", 500);

        await fixture.StartAsync(reads);
        await fixture.Publisher.WhenAttemptedAsync(20, Cancelled); // rooms 0 to 19 are in the first 10,000 entries
        await reads.WhenReadAsync(10_000, Cancelled);
        var loadedWhileNothingWasConfirmed = reads.Loaded;
        gate.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(50_000, Cancelled);
        await fixture.StopAsync();

        Assert.InRange(loadedWhileNothingWasConfirmed, 10_000, 11_000);
        Assert.InRange(reads.MostLoaded, 10_000, 11_000);
        AssertInOrder(fixture.Publisher.Confirmed, 50_000);
        Assert.Equal(50_000, fixture.Publisher.AttemptCount);
    }

    /// <summary>Every event once, and in each room 1, 2, 3 …</summary>
    private static void AssertInOrder(IReadOnlyList<OutboxEntry> confirmed, int count)
    {
        Assert.Equal(count, confirmed.Count);
        Assert.Equal(count, confirmed.Select(entry => entry.EventId).Distinct().Count());
        Assert.All(
            confirmed.GroupBy(entry => entry.RoomId, StringComparer.Ordinal),
            room => Assert.Equal(Enumerable.Range(1, room.Count()).Select(number => (long)number), room.Select(entry => entry.Sequence)));
    }

    private static async Task StopWhileTheClockRunsAsync(DispatcherFixture fixture)
    {
        var stopping = fixture.StopAsync();
        var begun = fixture.Time.GetUtcNow();
        await fixture.Time.AdvanceUntilAsync(() => stopping.IsCompleted || fixture.Time.GetUtcNow() - begun >= TimeSpan.FromSeconds(6));
        await stopping;
    }
}
