using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>The life of a room, from the wish to its end.</summary>
public sealed class RoomObserverTests
{
    private static readonly SimulatedUser Ann = new("ann", "Ann");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Register_RunningRoom_IsObserved()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = bridge.Eyeson.CreateRoom("room");
        var registered = await bridge.RegisterAsync();

        await bridge.WhenAsync<RoomStateReported>();
        meeting.Join(Ann);
        var joined = await bridge.WhenAsync<ParticipantJoined>();

        Assert.Equal(ObservationStatus.Waiting, registered.Room.Status);
        Assert.Equal(EventOrigin.Live, joined.Origin);
        var events = await bridge.EventsAsync();
        Assert.IsType<ObservationStarted>(events[0]);
        AssertNumbered(events);
        var room = await bridge.FindAsync();
        Assert.Equal((ObservationStatus.Observing, bridge.Supervisor.Owner, events.Count), (room.Status, room.Owner, room.Sequence));
        Assert.Equal(joined.MeetingId, room.MeetingId);
        Assert.NotNull(room.StreamId);
        Assert.All(events, happened => Assert.Equal(room.StreamId, happened.StreamId));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(DropKind.Fin, InterruptionReason.ConnectionLost)]
    [InlineData(DropKind.Rst, InterruptionReason.ConnectionLost)]
    [InlineData(DropKind.Close, InterruptionReason.ServerClosed)]
    [InlineData(null, InterruptionReason.ServerDisconnected)]
    public async Task Drop_ObservedRoom_IsInterruptedAndResumedWithWhatWasMissed(DropKind? kind, InterruptionReason reason)
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        var lastEvent = (await bridge.EventsAsync())[^1].ObservedAt;
        meeting.Faults.RefuseUpgradeWith = 503;

        _ = kind is { } drop ? meeting.Drop(drop) : meeting.Disconnect("server_restart", reconnect: true);
        var interrupted = await bridge.WhenAsync<ObservationInterrupted>();
        var status = (await bridge.FindAsync()).Status;
        meeting.Join(Ann);
        meeting.Faults.Reset();
        var resumed = await bridge.WhenAsync<ObservationResumed>();

        Assert.Equal((reason, ObservationStatus.Interrupted), (interrupted.Reason, status));
        Assert.InRange(interrupted.OccurredAt, lastEvent, interrupted.ObservedAt); // the last frame of any kind
        Assert.Equal(interrupted.OccurredAt, resumed.GapFrom, TimeSpan.FromMilliseconds(1));
        Assert.True(resumed.GapTo >= interrupted.ObservedAt);
        Assert.Equal([(nameof(ParticipantJoined), 1)], resumed.Recovered.Select(found => (found.Key, found.Value)));
        Assert.Equal(EventOrigin.Snapshot, (await bridge.WhenAsync<ParticipantJoined>()).Origin);
        AssertNumbered(await bridge.EventsAsync());
        Assert.Single((await bridge.EventsAsync()).OfType<ObservationInterrupted>()); // once, however many attempts failed
    }

    [Fact(Timeout = 60_000)]
    public async Task Silence_ObservedRoom_IsInterruptedSinceThen()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.SilenceTimeout = TimeSpan.FromSeconds(1); // the next ping would come after three
        await bridge.StartAsync();
        var meeting = await bridge.ObserveAsync();
        var heard = (await bridge.WhenAsync<RoomStateReported>()).ObservedAt;

        var interrupted = await bridge.WhenAsync<ObservationInterrupted>();
        await bridge.WhenAsync<ObservationResumed>();

        Assert.Equal(InterruptionReason.Silent, interrupted.Reason);
        Assert.InRange(interrupted.OccurredAt, heard, interrupted.ObservedAt - TimeSpan.FromSeconds(1));
        Assert.True(meeting.Subscriptions >= 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_RoomThatDoesNotRun_IsRejectedAfterAskingForIt()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();

        await bridge.RegisterAsync();
        var rejected = await bridge.WhenAsync<ObservationRejected>();

        Assert.Equal(ObservationRejectionReason.RoomNotRunning, rejected.Reason);
        Assert.Equal(1, bridge.Eyeson.Counters.RestRequestsOf("/rooms"));
        var room = await bridge.FindAsync();
        Assert.Equal((ObservationStatus.Rejected, "roomNotRunning", null), (room.Status, room.Reason, room.Owner));
        Assert.Same(rejected.GetType(), Assert.Single(await bridge.EventsAsync()).GetType());
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_RoomThatStartsLater_IsWaitedFor()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(1));
        await bridge.Log.WhenAsync(3005, 2, Cancelled); // tried in vain, twice
        var room = await bridge.FindAsync();
        bridge.Eyeson.CreateRoom("room");
        await bridge.WhenAsync<ObservationStarted>();

        Assert.Equal((ObservationStatus.Waiting, "roomNotRunning"), (room.Status, room.Reason));
        Assert.Equal(1, bridge.Log.Count(3006)); // said once
        Assert.IsType<ObservationStarted>((await bridge.EventsAsync())[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_RoomThatDoesNotStartInTime_IsRejected()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddMilliseconds(500));

        Assert.Equal(ObservationRejectionReason.RoomNotRunning, (await bridge.WhenAsync<ObservationRejected>()).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WrongKey_IsRejectedWithoutTellingTheKey()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        bridge.Eyeson.CreateRoom("room");
        bridge.EyesonOptions.Accounts["default"].ApiKey = "wrong-secret";

        await bridge.RegisterAsync();
        var rejected = await bridge.WhenAsync<ObservationRejected>();

        Assert.Equal(ObservationRejectionReason.InvalidApiKey, rejected.Reason);
        Assert.Contains("Eyeson:Accounts:default", rejected.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", rejected.Message, StringComparison.Ordinal);
        Assert.All(bridge.Log.Texts, text => Assert.DoesNotContain("wrong-secret", text, StringComparison.Ordinal));
        Assert.Equal((1, 1), (bridge.Eyeson.Counters.HandshakesUnauthorized, bridge.Eyeson.Counters.RestRequestsOf("/rooms")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_KeyFileIsEmptyForAMomentWhileWaiting_IsNotRejected()
    {
        using var folder = new TempFolder();
        var file = folder.Combine("key");
        await File.WriteAllTextAsync(file, "", Cancelled);
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(50);
        (bridge.Account.ApiKey, bridge.Account.ApiKeyFile) = (null, file);
        await bridge.StartAsync();
        bridge.Eyeson.CreateRoom("room");

        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddMinutes(5));
        await bridge.Log.WhenAsync(3005, 1);
        await File.WriteAllTextAsync(file, ObservationBench.Key, Cancelled);

        await bridge.WhenAsync<RoomStateReported>();
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_AccountThatIsGone_IsRejected()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.EyesonOptions.Accounts.Clear();
        bridge.EyesonOptions.Accounts["other"] = new AccountOptions { ApiKey = ObservationBench.Key };
        await bridge.StartAsync();

        await bridge.RegisterAsync();

        Assert.Equal(ObservationRejectionReason.UnknownAccount, (await bridge.WhenAsync<ObservationRejected>()).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shutdown_OfTheMeeting_EndsTheObservation()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();

        meeting.Shutdown();
        var ended = await bridge.WhenAsync<ObservationEnded>();

        Assert.Equal(ObservationEndReason.MeetingEnded, ended.Reason);
        Assert.False((await bridge.WhenAsync<MeetingEnded>()).Inferred);
        AssertNumbered(await bridge.EventsAsync());
        var room = await bridge.FindAsync();
        Assert.Equal((ObservationStatus.Ended, "meetingEnded", null), (room.Status, room.Reason, room.Owner));
        Assert.False(room.IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Shutdown_WhileNobodyListened_IsConcludedOnceGetRoomsTells()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();

        bridge.Eyeson.Faults.RestStatus = 500; // which tells nothing
        meeting.Shutdown();
        meeting.Faults.Reset();
        var asked = bridge.Log.Count(3005);
        await bridge.Log.WhenAsync(3005, asked + 2, Cancelled);
        Assert.Empty((await bridge.EventsAsync()).OfType<ObservationEnded>());

        bridge.Eyeson.Faults.Reset();
        await bridge.WhenAsync<ObservationEnded>();

        var concluded = await bridge.WhenAsync<MeetingEnded>();
        Assert.True(concluded.Inferred);
        Assert.Equal(EventOrigin.Snapshot, concluded.Origin);
        AssertNumbered(await bridge.EventsAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_ObservedRoom_EndsAndClosesTheSocket()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();

        await bridge.UnregisterAsync();
        var ended = await bridge.WhenAsync<ObservationEnded>();
        var count = (await bridge.EventsAsync()).Count;
        meeting.Join(Ann);

        Assert.Equal(ObservationEndReason.Stopped, ended.Reason);
        Assert.Equal((0, 0), (meeting.Observers, meeting.Sent[^1].Observers));
        var room = await bridge.FindAsync();
        Assert.Equal((ObservationStatus.Ended, "stopped", null, count), (room.Status, room.Reason, room.Owner, room.Sequence));
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_WaitingRoom_EndsAtOnce()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromHours(1);
        await bridge.StartAsync();
        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(1));
        await bridge.Log.WhenAsync(3005, 1, Cancelled);

        await bridge.UnregisterAsync();

        Assert.Equal(ObservationEndReason.Stopped, (await bridge.WhenAsync<ObservationEnded>()).Reason);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WhileTheEndIsBeingWritten_GoesOnAfterAGap()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        bridge.Store.BeforeAppend(async (append, _) =>
        {
            if (append.Closure != AppendClosure.FinalIfUnwanted)
                return;
            bridge.Store.BeforeAppend(null);
            await bridge.RegisterAsync();
        });

        await bridge.UnregisterAsync();
        await bridge.WhenAsync<ObservationResumed>();
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        Assert.Contains(AppendOutcome.WantedAgain, bridge.Store.Outcomes);
        var events = await bridge.EventsAsync();
        Assert.Empty(events.OfType<ObservationEnded>());
        Assert.Equal(InterruptionReason.ConnectionLost, Assert.Single(events.OfType<ObservationInterrupted>()).Reason);
        AssertNumbered(events);
        Assert.Equal(ObservationStatus.Observing, (await bridge.FindAsync()).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_AfterTheEnd_BeginsAnewAndCountsOn()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Shutdown();
        var first = await bridge.WhenAsync<ObservationEnded>();

        bridge.Eyeson.CreateRoom("room");
        await bridge.RegisterAsync();
        var again = await bridge.WhenAsync<ObservationStarted>(count: 2);
        await bridge.WhenAsync<RoomStateReported>(count: 2);

        Assert.Equal(first.Sequence + 1, again.Sequence);
        var events = await bridge.EventsAsync();
        Assert.Empty(events.OfType<ObservationResumed>());
        Assert.Equal(2, events.OfType<MeetingStarted>().Select(started => started.MeetingId).Distinct(StringComparer.Ordinal).Count());
        AssertNumbered(events);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_InAnswerToTheEndOfTheMeeting_WaitsForTheNextOne()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.StartAsync();
        var meeting = await bridge.ObserveAsync();
        WhileClosing(bridge, () => bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(2)));

        meeting.Shutdown();
        await bridge.Log.WhenAsync(3006, 1, Cancelled);
        bridge.Eyeson.CreateRoom("room");
        await bridge.WhenAsync<ObservationStarted>(count: 2);

        var events = await bridge.EventsAsync();
        Assert.Single(events.OfType<ObservationEnded>());
        Assert.Empty(events.OfType<ObservationRejected>());
        AssertNumbered(events);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WhileItIsBeingRejected_IsWaitedFor()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.StartAsync();
        WhileClosing(bridge, () => bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(2)));

        await bridge.RegisterAsync();
        await bridge.Log.WhenAsync(3006, 1, Cancelled);
        bridge.Eyeson.CreateRoom("room");
        await bridge.WhenAsync<ObservationStarted>();

        Assert.Contains(AppendOutcome.WantedAgain, bridge.Store.Outcomes);
        Assert.IsType<ObservationStarted>((await bridge.EventsAsync())[0]);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WhileTheMeetingIsConcluded_IsForTheNextOne()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.StartAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        WhileClosing(bridge, () => bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(2)));

        meeting.Shutdown();
        meeting.Faults.Reset();
        Assert.True((await bridge.WhenAsync<MeetingEnded>()).Inferred);
        await bridge.Log.WhenAsync(3006, 1, Cancelled);
        bridge.Eyeson.CreateRoom("room");

        await bridge.WhenAsync<ObservationStarted>(count: 2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_InTheGapInWhichTheMeetingEnds_IsForTheNextOne()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Options.WaitInterval = TimeSpan.FromMilliseconds(100);
        await bridge.StartAsync();
        var meeting = await bridge.ObserveAsync();
        await bridge.StopAsync();
        meeting.Shutdown();
        await bridge.StartAsync();
        bridge.Eyeson.Faults.RestStatus = 500; // nobody knows yet that it is over
        await bridge.WhenAsync<ObservationInterrupted>();

        await bridge.RegisterAsync(waitUntil: TimeProvider.System.GetUtcNow().AddHours(2));
        await bridge.StopAsync();
        bridge.Eyeson.Faults.Reset();
        await bridge.StartAsync();
        Assert.True((await bridge.WhenAsync<MeetingEnded>()).Inferred);
        await bridge.Log.WhenAsync(3006, 1, Cancelled);
        bridge.Eyeson.CreateRoom("room");

        await bridge.WhenAsync<ObservationStarted>(count: 2);
    }

    /// <summary>Does something at the last moment before the observation is over in the store.</summary>
    private static void WhileClosing(ObservationBench bridge, Func<Task> does) => bridge.Store.BeforeAppend(async (append, _) =>
    {
        if (append.Closure == AppendClosure.None)
            return;
        bridge.Store.BeforeAppend(null);
        await does();
    });

    private static void AssertNumbered(IReadOnlyList<RoomEvent> events) =>
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
}
