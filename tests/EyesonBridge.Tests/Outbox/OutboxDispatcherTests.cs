using System.Collections.Concurrent;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Outbox;

public sealed class OutboxDispatcherTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
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

    [Theory(Timeout = 20_000)]
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
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        // What was on its way behind a refused one comes again behind it: the last time counts.
        AssertInOrder([.. fixture.Publisher.Confirmed.Reverse().DistinctBy(entry => entry.EventId).Reverse()], 200);
        Assert.True(fixture.Publisher.AttemptCount > 200);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_ManyEvents_SendsNoMoreThanTheWindows()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (entry, _) => entry.Sequence < 280 ? Task.CompletedTask : confirm.Task;
        for (var room = 0; room < 40; room++)
            await fixture.AppendAsync($"room-{room}", 300);

        await fixture.StartAsync();
        await fixture.Publisher.WhenConfirmedAsync(40 * 279, Cancelled);
        confirm.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(12_000, Cancelled);

        Assert.InRange(fixture.Publisher.MostOfARoom, 20, PublishWindow.OfARoom);
        Assert.InRange(fixture.Publisher.MostUnderWay, 20, 2 * PublishWindow.OfAChannel);
        AssertInOrder(fixture.Publisher.Confirmed, 12_000);
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_BurstInOneRoom_LetsOthersTakeTheirTurn()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Open = () => open.Task;
        await fixture.StartAsync();
        await fixture.AppendAsync("burst", 20_000, bytes: 100);
        var onTheSameLine = Enumerable.Range(0, 1_000).Select(room => $"room-{room}").Where(room => LineOf(room) == LineOf("burst")).Take(8);
        foreach (var room in onTheSameLine) // another line is another thread: how it fares beside this one is up to the machine
            await fixture.AppendAsync(room, 2);

        open.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(20_016, Cancelled);

        var places = fixture.Publisher.Confirmed.Select((entry, index) => (entry.RoomId, Index: index)).Where(place => place.RoomId != "burst").Select(place => place.Index);
        Assert.InRange(places.Max(), 0, 1_000); // as it was appended, they would come after 20,000
        AssertInOrder(fixture.Publisher.Confirmed, 20_016);

        static uint LineOf(string roomId) => (uint)string.GetHashCode(roomId, StringComparison.Ordinal) % 2;
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_RoomsThatAreNeverConfirmed_DelayNoOther()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (entry, _) => entry.RoomId.StartsWith("stalled", StringComparison.Ordinal) ? never.Task : Task.CompletedTask;
        for (var room = 0; room < 100; room++)
            await fixture.AppendAsync($"stalled-{room}", 300);

        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(100 * PublishWindow.OfANewRoom, Cancelled);
        fixture.Time.Advance(PublishWindow.Slow + TimeSpan.FromMilliseconds(250));
        await fixture.AppendAsync("healthy", 500);
        await fixture.Publisher.WhenConfirmedAsync(500, Cancelled);

        Assert.All(fixture.Publisher.Confirmed, entry => Assert.Equal("healthy", entry.RoomId));
        AssertInOrder(fixture.Publisher.Confirmed, 500);
        never.SetResult();
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_RoomThatIsRefused_IsTriedApartAndDelaysNoOther()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var isRefused = true;
        fixture.Publisher.Publish = (entry, _) => Volatile.Read(ref isRefused) && entry.RoomId == "refused" ? throw new InvalidOperationException("The queue is full.") : Task.CompletedTask;
        await fixture.AppendAsync("refused", 30);
        await fixture.AppendAsync("healthy", 30);

        await fixture.StartAsync();
        await fixture.Publisher.WhenConfirmedAsync(30, Cancelled);
        await fixture.Log.WhenAsync(4006, 1, Cancelled);
        await fixture.AppendAsync("healthy", 30);
        await fixture.Publisher.WhenConfirmedAsync(60, Cancelled);
        var attemptsWhileHealthy = fixture.Publisher.Attempts.Count(entry => entry.RoomId == "refused");
        Volatile.Write(ref isRefused, false);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.Log.WhenAsync(4007, 1, Cancelled);
        await fixture.StopAsync();

        Assert.InRange(attemptsWhileHealthy, 1, 30);
        AssertInOrder(fixture.Publisher.Confirmed, 90);
        Assert.Equal((1, 1), (fixture.Log.Count(4006), fixture.Log.Count(4007)));
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_MiddleOfTheWindowIsRefused_RepeatsWhatIsBehindItInOrder()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var refusals = 1;
        fixture.Publisher.Publish = (entry, _) => entry.Sequence == 5 && Interlocked.Decrement(ref refusals) >= 0 ? throw new InvalidOperationException("The queue is full.") : Task.CompletedTask;
        await fixture.AppendAsync("room", 10);

        await fixture.StartAsync();
        await fixture.Time.AdvanceUntilAsync(() => fixture.Publisher.Confirmed.Any(entry => entry.Sequence == 10) && fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        // 6 to 10 were on their way already; they count only when they come again behind 5.
        var afterTheRefused = fixture.Publisher.Confirmed.Select(entry => entry.Sequence).SkipWhile(sequence => sequence != 5);
        Assert.Equal([5L, 6, 7, 8, 9, 10], afterTheRefused);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Theory(Timeout = 20_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_ChannelIsLost_RepeatsWhatWasNotConfirmedInOrder(bool isFaultOfAnEvent)
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (entry, _) => entry.Sequence <= 3 ? Task.CompletedTask : never.Task;
        for (var room = 0; room < 5; room++)
            await fixture.AppendAsync($"room-{room}", 10);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(50, Cancelled); // what is confirmed from now on is so at the second attempt

        fixture.Publisher.Publish = static (_, _) => Task.CompletedTask;
        fixture.LoseChannels("The connection was reset.", isFaultOfAnEvent);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        AssertInOrder(fixture.Publisher.Confirmed, 50);
        Assert.Equal(50 + (5 * 7), fixture.Publisher.AttemptCount);
        Assert.Equal((1, 1), (fixture.Log.Count(4000), fixture.Log.Count(4001)));
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_ChannelIsLostWhileNothingWaits_IsNoProblem()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await fixture.StartAsync();
        await fixture.AppendAsync("room", 1);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);

        fixture.LoseChannels("The broker restarts.", isFaultOfAnEvent: false);

        Assert.Null(fixture.Dispatcher.Problem);
        Assert.Equal(0, fixture.Log.Count(4000));
        await fixture.AppendAsync("room", 1);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Publisher.Confirmed.Count == 2);
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_BrokerIsAway_TriesUntilItIsThere()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var isAway = true;
        fixture.Publisher.Open = () => Volatile.Read(ref isAway) ? throw new PublishingException("No broker answers.") : Task.CompletedTask;
        await fixture.AppendAsync("room", 10);
        await fixture.StartAsync();
        await fixture.Log.WhenAsync(4000, 1, Cancelled);
        Assert.Equal("No broker answers.", fixture.Dispatcher.Problem);
        await fixture.AppendAsync("room", 10);

        Volatile.Write(ref isAway, false);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);

        AssertInOrder(fixture.Publisher.Confirmed, 20);
        Assert.Null(fixture.Dispatcher.Problem);
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_WhileTheOutboxOfBeforeIsRead_KeepsTheOrder()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        for (var room = 0; room < 10; room++)
            await fixture.AppendAsync($"room-{room}", 300);

        await fixture.StartAsync();
        for (var round = 0; round < 20; round++)
        {
            for (var room = 0; room < 10; room++)
                await fixture.AppendAsync($"room-{room}", 5);
        }

        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        AssertInOrder(fixture.Publisher.Confirmed, 4_000);
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 20_000)]
    public async Task Delete_Entry_ComesOnlyAfterItsConfirm()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (entry, _) => entry.Sequence == 2 ? confirm.Task : Task.CompletedTask;
        await fixture.AppendAsync("room", 3);

        await fixture.StartAsync();
        await fixture.Publisher.WhenConfirmedAsync(2, Cancelled); // the third too, but it may have to be repeated behind the second

        Assert.Equal([2L, 3L], (await fixture.WaitingAsync()).Select(entry => entry.Sequence).Where(sequence => sequence > 1));
        confirm.SetResult();
        await fixture.StopAsync();
        Assert.Empty(await fixture.WaitingAsync());
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_Failure_IsRetriedWithTheSameIdAndSaidOnce()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var failures = 3;
        fixture.Publisher.Publish = (_, _) => failures-- > 0 ? throw new InvalidOperationException("The broker said no.") : Task.CompletedTask;
        await fixture.AppendAsync("room", 2);

        await fixture.StartAsync();
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        AssertInOrder([.. fixture.Publisher.Confirmed.Reverse().DistinctBy(entry => entry.EventId).Reverse()], 2);
        Assert.True(fixture.Publisher.Attempts.Count(entry => entry.Sequence == 1) > 1);
        Assert.Equal(2, fixture.Publisher.Attempts.Select(entry => entry.EventId).Distinct().Count());
        Assert.Equal((1, 1), (fixture.Log.Count(4000), fixture.Log.Count(4001)));
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_ThatHangs_IsGivenUpAfterTheTimeout()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (_, _) => never.Task; // not even cancellation is heard
        await fixture.AppendAsync("room", 1);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);

        fixture.Time.Advance(fixture.Options.PublishTimeout - TimeSpan.FromMilliseconds(250));
        Assert.Equal((1, 0), (fixture.Publisher.AttemptCount, fixture.Log.Count(4000)));
        fixture.Publisher.Publish = static (_, _) => Task.CompletedTask;
        fixture.Time.Advance(TimeSpan.FromMilliseconds(250));
        await fixture.Log.WhenAsync(4000, 1, Cancelled);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        await fixture.StopAsync();

        Assert.Single(fixture.Publisher.Attempts.Select(entry => entry.EventId).Distinct());
        Assert.Contains(fixture.Log.Texts, text => text.Contains("no confirmation within 10 s", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20_000)]
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

    [Fact(Timeout = 20_000)]
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

    [Fact(Timeout = 20_000)]
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

    [Fact(Timeout = 20_000)]
    public async Task Stop_HangingBroker_GivesUpAfterAFewSeconds()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var never = new TaskCompletionSource();
        fixture.Publisher.Publish = (_, _) => never.Task;
        await fixture.AppendAsync("room", 3);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(1, Cancelled);

        var stopping = fixture.StopAsync();
        fixture.Time.Advance(TimeSpan.FromSeconds(3));
        await stopping;

        Assert.Equal(3, (await fixture.WaitingAsync()).Count);
    }

    [Fact(Timeout = 20_000)]
    public async Task Stop_WhatWasPublishedCannotBeDeleted_GivesUpAfterAFewSeconds()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var confirm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => confirm.Task;
        await fixture.AppendAsync("room", 3);
        await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(3, Cancelled);
        var release = await SqliteFixture.OccupyAsync(fixture.Store);
        confirm.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(3, Cancelled);

        var stopping = fixture.StopAsync();
        await fixture.Time.WhenArmedForAsync(TimeSpan.FromSeconds(3), Cancelled, count: 2); // the end of draining, and of the wait for deletes
        fixture.Time.Advance(TimeSpan.FromSeconds(3));
        await stopping;

        Assert.Equal(1, fixture.Log.Count(4060));
        release.Set();
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_LargeOutbox_IsInMemoryBitByBit(bool isThereBefore)
    {
        const int Most = 32 * 1024 * 1024;
        const int Each = 5_500; // with its objects
        await using var fixture = await DispatcherFixture.CreateAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => gate.Task;
        if (!isThereBefore)
            await fixture.StartAsync();
        for (var room = 0; room < 20; room++)
            await fixture.AppendAsync($"room-{room}", 500, bytes: 4_500);

        if (isThereBefore)
            await fixture.StartAsync();
        await fixture.Publisher.WhenAttemptedAsync(20 * PublishWindow.OfANewRoom, Cancelled);
        var bytesWhileNothingWasConfirmed = fixture.Dispatcher.BytesInMemory;
        gate.SetResult();
        await fixture.Publisher.WhenConfirmedAsync(10_000, Cancelled);
        await fixture.StopAsync();

        Assert.InRange(bytesWhileNothingWasConfirmed, 20 * PublishWindow.OfANewRoom * 4_500, Most + (20 * LaneMemory.Least * Each));
        AssertInOrder(fixture.Publisher.Confirmed, 10_000);
        Assert.Equal(10_000, fixture.Publisher.AttemptCount);
        Assert.Equal(0, fixture.Store.Depth.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Publish_LargeOutboxOfManyRoomsWithLittle_IsReadOnAsSoonAsThereIsRoom()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        fixture.Publisher.Publish = (_, _) => gate.Task;
        for (var room = 0; room < 200; room++)
            await fixture.AppendAsync($"room-{room}", 1, bytes: 300_000);
        var armed = fixture.Time.ArmedTimers;
        await fixture.StartAsync();
        await fixture.Time.WhenArmedAsync(armed + 2, Cancelled); // the sweep, and who reads waits for room

        gate.SetResult();

        await fixture.Publisher.WhenConfirmedAsync(200, Cancelled); // and no time has passed
        AssertInOrder(fixture.Publisher.Confirmed, 200);
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
}
