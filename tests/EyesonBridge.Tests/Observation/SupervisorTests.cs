using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Observation;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Storage;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation;

/// <summary>Who acts on a room: leases, failures, and the end and the beginning of the process.</summary>
public sealed class SupervisorTests
{
    private static readonly SimulatedUser Ann = new("ann", "Ann");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Lease_TakenByAnother_NothingMoreIsWritten()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        bridge.Store.IsExclusive = false;
        var meeting = await bridge.ObserveAsync();
        var before = await bridge.EventsAsync();
        bridge.Execute("UPDATE rooms SET lease_until = 0");
        await bridge.Store.ClaimRoomsAsync("another", TimeSpan.FromMinutes(5), 1, Cancelled);

        meeting.Join(Ann);
        await bridge.Log.WhenAsync(3007, 1, Cancelled);

        Assert.Equal(before.Count, (await bridge.EventsAsync()).Count);
        var room = await bridge.FindAsync();
        Assert.Equal(("another", 2, ObservationStatus.Observing), (room.Owner, room.Epoch, room.Status));
        Assert.Equal(0, meeting.Observers);
    }

    [Fact(Timeout = 60_000)]
    public async Task Lease_TakenByAnotherWhileNothingHappens_IsNoticedInTheNextRound()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        bridge.Store.IsExclusive = false;
        var meeting = await bridge.ObserveAsync();
        bridge.Execute("UPDATE rooms SET lease_until = 0");
        await bridge.Store.ClaimRoomsAsync("another", TimeSpan.FromMinutes(5), 1, Cancelled);

        await time.AdvanceUntilAsync(() => bridge.Log.Count(3007) >= 1, TimeSpan.FromSeconds(1));

        Assert.Equal(0, meeting.Observers);
        Assert.Equal("another", (await bridge.FindAsync()).Owner);
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_WhileOthersCome_EndsAtTheShareThatIsLeft()
    {
        const int Rooms = Supervisor.ClaimAtOnce + 100;
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Execute($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rooms})
            INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch) SELECT 'room-' || i, 'nobody', '["command"]', 'waiting', 0, 0, 0 FROM n
            """);
        bridge.Store.EarlierShares.Enqueue(new ReplicaShare(Replicas: 1, Rooms, Held: 0, Free: Rooms));
        bridge.Store.Share = new ReplicaShare(Replicas: 50, Rooms, Held: Supervisor.ClaimAtOnce, Free: 100);

        await bridge.StartAsync();

        await bridge.Log.WhenAsync(3004, Supervisor.ClaimAtOnce, Cancelled); // their account is nobody's
        Assert.Equal(100, (await bridge.Store.ListRoomsAsync(new RoomQuery([ObservationStatus.Waiting], "", Rooms), Cancelled)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Lease_RunOutAndWantedByNobodyElse_IsTakenAgain()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        bridge.Store.IsExclusive = false;
        var meeting = await bridge.ObserveAsync();
        bridge.Execute("UPDATE rooms SET lease_until = 0"); // as when the machine slept

        meeting.Join(Ann);
        await bridge.Log.WhenAsync(3007, 1, Cancelled);
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3002) >= 1, TimeSpan.FromSeconds(1));

        var resumed = await bridge.WhenAsync<ObservationResumed>();
        Assert.Equal(1, resumed.Recovered[nameof(ParticipantJoined)]);
        Assert.Equal(InterruptionReason.BridgeRestarted, (await bridge.WhenAsync<ObservationInterrupted>()).Reason);
        Assert.Contains(bridge.Log.Texts, static text => text.EndsWith("(BridgeRestarted): what observed it before has ended", StringComparison.Ordinal));
        Assert.Equal(bridge.Supervisor.Owner, (await bridge.FindAsync()).Owner);
    }

    [Fact(Timeout = 60_000)]
    public async Task Lease_InAStoreOfThisProcessAlone_HasNoEndAndIsNotRenewed()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        await bridge.ObserveAsync();
        Assert.Equal((bridge.Supervisor.Owner, null), await OwnerAsync());
        await SeveralRoundsAsync();
        var renewals = bridge.Store.Renewals;

        await SeveralRoundsAsync();
        Assert.Equal(renewals, bridge.Store.Renewals);

        await bridge.RegisterAsync("another"); // something has changed
        await time.AdvanceUntilAsync(() => bridge.Store.Renewals > renewals, TimeSpan.FromSeconds(1));
        Assert.Equal((bridge.Supervisor.Owner, null), await OwnerAsync());

        async Task SeveralRoundsAsync()
        {
            var claims = bridge.Store.Claims;
            await time.AdvanceUntilAsync(() => bridge.Store.Claims > claims + 3, TimeSpan.FromSeconds(1));
        }

        async Task<(string? Owner, DateTimeOffset? LeaseUntil)> OwnerAsync()
        {
            var room = await bridge.FindAsync();
            return (room.Owner, room.LeaseUntil);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Intent_RoomIsWaitedForLonger_IsKnownAtOnce()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        await bridge.RegisterAsync(waitUntil: time.GetUtcNow().AddMinutes(1));
        await bridge.Log.WhenAsync(3006, 1, Cancelled);
        var observer = Assert.Single(bridge.Supervisor.Observers);

        var longer = time.GetUtcNow().AddHours(2);
        await bridge.RegisterAsync(waitUntil: longer);

        while (observer.Intent.WaitUntil != longer) // the time stands still: no round comes by itself
            await bridge.Store.Claiming.WaitAsync(Cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task Intent_UnregisteredAndRegisteredWithAnotherAccount_IsObservedWithItsKey()
    {
        await using var bridge = await ObservationBench.CreateAsync(simulator: new SimulatorOptions { ApiKeys = [ObservationBench.Key, "second-key"] });
        bridge.EyesonOptions.Accounts["second"] = new AccountOptions { ApiKey = "second-key" };
        await bridge.StartAsync();
        var meeting = await bridge.ObserveAsync("mine");
        var shared = bridge.Eyeson.CreateRoom("room", apiKey: "second-key");
        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(1)); // it does not run with this key
        await bridge.Log.WhenAsync(3006, 1, Cancelled);

        // Both are there before the supervisor looks.
        await Task.WhenAll(
            bridge.UnregisterAsync(),
            bridge.Store.RegisterRoomAsync(
                new RoomRegistration("room", "second", IntentSources.Command, WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancelled));

        Assert.Equal("second", (await bridge.WhenAsync<ObservationStarted>()).Account);
        Assert.Equal((1, 1), (meeting.Observers, shared.Subscriptions));
    }

    [Fact(Timeout = 60_000)]
    public async Task Lease_InAStoreThatStallsForLongerThanALease_IsNotLost()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        var meeting = await bridge.ObserveAsync();
        var before = await bridge.FindAsync();

        using (var stall = await SqliteFixture.OccupyAsync(bridge.Store.Inner))
        {
            meeting.Join(Ann);
            time.Advance(2 * FaultyStore.LeaseOfOthers);
            stall.Set();
        }

        await bridge.WhenAsync<ParticipantJoined>();
        var claims = bridge.Store.Claims;
        await time.AdvanceUntilAsync(() => bridge.Store.Claims > claims + 1, TimeSpan.FromSeconds(1));
        var after = await bridge.FindAsync();
        Assert.Equal((bridge.Supervisor.Owner, before.Epoch, ObservationStatus.Observing), (after.Owner, after.Epoch, after.Status));
        Assert.Equal((0, 1), (bridge.Log.Count(3007), meeting.Subscriptions));
        Assert.Empty((await bridge.EventsAsync()).OfType<ObservationInterrupted>());
    }

    [Fact(Timeout = 60_000)]
    public async Task Observer_ThatFails_IsStartedAgainAndTheOthersGoOn()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        var meeting = await bridge.ObserveAsync();
        var other = await bridge.ObserveAsync("other");
        bridge.Store.BeforeAppend((append, _) =>
        {
            if (!string.Equals(append.RoomId, "room", StringComparison.Ordinal))
                return Task.CompletedTask;
            bridge.Store.BeforeAppend(null);
            throw new InvalidOperationException("A bug.");
        });

        meeting.Join(Ann);
        await bridge.Log.WhenAsync(3008, 1, Cancelled);
        other.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>("other");
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3002) >= 1, TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await bridge.WhenAsync<ObservationResumed>()).Recovered[nameof(ParticipantJoined)]);
        Assert.Empty((await bridge.EventsAsync("other")).OfType<ObservationInterrupted>());
        var events = await bridge.EventsAsync();
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_ManyAtOnce_ShareRounds()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        await bridge.ObserveAsync();
        var rounds = bridge.Store.Claims;
        var begun = TimeProvider.System.GetTimestamp();

        for (var number = 0; number < 300; number++)
            await bridge.RegisterAsync($"room-{number}", TimeProvider.System.GetUtcNow().AddHours(1));

        // However fast or slow that was: so many rounds fit into it, one was under way, and one began at its end.
        var fitting = (int)(TimeProvider.System.GetElapsedTime(begun) / Supervisor.RoundsApart);
        Assert.InRange(bridge.Store.Claims - rounds, 0, fitting + 2);
        while ((await bridge.Store.ListRoomsAsync(Cancelled)).Any(room => room.Owner is null))
            await bridge.Log.WhenAsync(3006, bridge.Log.Count(3006) + 1, Cancelled); // each that is claimed comes to wait
    }

    [Fact(Timeout = 60_000)]
    public async Task Round_ThatFails_IsFollowedByTheNext()
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateStartedAsync(time);
        bridge.Eyeson.CreateRoom("room");
        bridge.Execute("ALTER TABLE rooms RENAME COLUMN wait_until TO gone");

        await time.AdvanceUntilAsync(() => bridge.Log.Count(3009) >= 1, TimeSpan.FromSeconds(1));
        bridge.Execute("ALTER TABLE rooms RENAME COLUMN gone TO wait_until");
        await bridge.RegisterAsync();
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3000) >= 1, TimeSpan.FromSeconds(1));

        await bridge.WhenAsync<ObservationStarted>();
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_ObservedRoom_KeepsItsStatusAndTellsNobody()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        var before = await bridge.EventsAsync();

        await bridge.StopAsync();

        var room = await bridge.FindAsync();
        Assert.Equal(ObservationStatus.Observing, room.Status);
        Assert.True(room.HeardAt >= before[^1].ObservedAt.AddMilliseconds(-1)); // kept to the millisecond
        Assert.Equal(before.Count, (await bridge.EventsAsync()).Count);
        Assert.Equal(0, meeting.Observers);
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_AfterAStop_GoesOnAfterAGap()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        await bridge.StopAsync();
        meeting.Join(Ann);

        await bridge.StartAsync();
        var resumed = await bridge.WhenAsync<ObservationResumed>();

        Assert.Equal(InterruptionReason.BridgeRestarted, (await bridge.WhenAsync<ObservationInterrupted>()).Reason);
        Assert.Equal(1, resumed.Recovered[nameof(ParticipantJoined)]);
        Assert.Equal(bridge.Supervisor.Owner, (await bridge.FindAsync()).Owner);
    }

    [Fact(Timeout = 60_000)]
    public async Task Start_RoomUnregisteredMeanwhile_EndsItWithoutConnecting()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        await bridge.StopAsync();
        await bridge.UnregisterAsync();

        await bridge.StartAsync();

        Assert.Equal(ObservationEndReason.Stopped, (await bridge.WhenAsync<ObservationEnded>()).Reason);
        Assert.Equal(1, meeting.Subscriptions);
    }

    [Fact(Timeout = 60_000)]
    public async Task Drop_ManyRooms_AllComeBack()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var rooms = Enumerable.Range(0, 50).Select(number => $"room-{number}").ToList();
        foreach (var room in rooms)
        {
            bridge.Eyeson.CreateRoom(room);
            await bridge.RegisterAsync(room);
        }

        await bridge.Log.WhenAsync(3000, rooms.Count, Cancelled);
        foreach (var room in rooms)
            await bridge.WhenAsync<RoomStateReported>(room);
        bridge.Eyeson.Drop(DropKind.Rst);
        await bridge.Log.WhenAsync(3002, rooms.Count, Cancelled);

        foreach (var room in rooms)
            await bridge.WhenAsync<ObservationResumed>(room);
        Assert.Equal(rooms.Count, (await bridge.Store.ListRoomsAsync(Cancelled)).Count(room => room.Status == ObservationStatus.Observing));
    }
}
