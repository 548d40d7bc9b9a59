using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>AnyCable's history: what was said in a gap is repeated by a server that keeps it.</summary>
public sealed class HistoryTests
{
    private static readonly SimulatedUser Ann = new("ann", "Ann");
    private static readonly SimulatorOptions Extended = new() { Extended = true };

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_Granted_RepeatsWhatWasMissedOnce()
    {
        await using var bridge = await ObserveAsync();
        var meeting = bridge.Eyeson.FindRoom("room")!;
        meeting.Faults.HistoryOverlap = 2;

        var resumed = await bridge.InGapAsync(meeting, () =>
        {
            meeting.Chat("missed", "ann");
            meeting.Lock();
            meeting.Custom("missed too", "ann");
        });
        meeting.Chat("after", "ann");
        await bridge.WhenAsync<ChatMessageSent>(count: 3);

        var events = await bridge.EventsAsync();
        Assert.Equal(["before", "missed", "after"], events.OfType<ChatMessageSent>().Select(chat => chat.Content));
        Assert.Equal(
            [EventOrigin.Live, EventOrigin.Backfill, EventOrigin.Live], events.OfType<ChatMessageSent>().Select(chat => chat.Origin));
        Assert.Equal(EventOrigin.Backfill, Assert.Single(events.OfType<RoomLocked>()).Origin);
        Assert.Single(events.OfType<CustomMessageSent>());
        Assert.Single(events.OfType<ParticipantJoined>());
        Assert.Empty(resumed.Unrecoverable);
        Assert.Equal(
            [(nameof(ChatMessageSent), 1), (nameof(CustomMessageSent), 1), (nameof(RoomLocked), 1)],
            resumed.Recovered.Select(found => (found.Key, found.Value)).Order());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_GrantedAfterARestart_RepeatsWhatWasMissed()
    {
        await using var bridge = await ObserveAsync();
        var meeting = bridge.Eyeson.FindRoom("room")!;
        meeting.Faults.HistoryOverlap = 2;

        await bridge.StopAsync();
        meeting.Chat("missed", "ann");
        await bridge.StartAsync();
        var resumed = await bridge.WhenAsync<ObservationResumed>();

        Assert.Empty(resumed.Unrecoverable);
        Assert.Equal(["before", "missed"], (await bridge.EventsAsync()).OfType<ChatMessageSent>().Select(chat => chat.Content));
        await bridge.AssertSoundAsync();
    }

    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task History_NotThere_NamesWhatIsLost(bool rejected)
    {
        await using var bridge = await ObserveAsync();
        var meeting = bridge.Eyeson.FindRoom("room")!;

        var resumed = await bridge.InGapAsync(meeting, () =>
        {
            meeting.Chat("missed", "ann");
            meeting.Faults.RejectHistory = rejected;
            if (!rejected)
                bridge.Eyeson.Forget(); // another epoch
        });
        meeting.Chat("after", "ann");
        await bridge.WhenAsync<ChatMessageSent>(count: 2);

        Assert.Equal(["before", "after"], (await bridge.EventsAsync()).OfType<ChatMessageSent>().Select(chat => chat.Content));
        Assert.Contains(nameof(ChatMessageSent), resumed.Unrecoverable);
        Assert.Contains(nameof(CustomMessageSent), resumed.Unrecoverable);
        await bridge.AssertSoundAsync();

        meeting.Faults.Reset();
        Assert.Empty((await bridge.InGapAsync(meeting, () => meeting.Chat("missed again", "ann"), gaps: 2)).Unrecoverable);
        await bridge.WhenAsync<ChatMessageSent>(count: 3); // the new epoch is gone on from
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_NextMeetingBegan_TheEndOfTheFirstDoesNotEndIt()
    {
        await using var bridge = await ObserveAsync();
        var meeting = bridge.Eyeson.FindRoom("room")!;

        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        meeting.Shutdown();
        var next = bridge.Eyeson.CreateRoom("room", startedAt: meeting.StartedAt.AddMinutes(1));
        await bridge.WhenAsync<ObservationResumed>();
        next.Join(new SimulatedUser("bob", "Bob"));
        await bridge.WhenAsync<ParticipantJoined>(count: 2);

        Assert.Single((await bridge.EventsAsync()).OfType<MeetingEnded>());
        Assert.Equal(2, (await bridge.EventsAsync()).OfType<MeetingStarted>().Count());
        Assert.Equal(ObservationStatus.Observing, (await bridge.FindAsync()).Status);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_ConnectionEndsBeforeTheAnswer_LosesNothingOfIt()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObserveAsync(time);
        var meeting = bridge.Eyeson.FindRoom("room")!;

        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        meeting.Faults.ConfirmationDelay = Timeout.InfiniteTimeSpan; // the state comes, and nothing behind it
        await time.AdvanceUntilAsync(() => meeting.Observers == 1);
        meeting.Chat("live, and held", "ann");
        meeting.Drop(DropKind.Close);
        await bridge.WhenAsync<ObservationResumed>();
        meeting.Faults.Reset();
        await time.AdvanceUntilAsync(() => meeting.Observers == 1);
        meeting.Chat("after", "ann");
        await bridge.WhenAsync<ChatMessageSent>(count: 3);

        Assert.Equal(["before", "live, and held", "after"], (await bridge.EventsAsync()).OfType<ChatMessageSent>().Select(chat => chat.Content));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_NeverAnswered_IsWaitedForFiveSeconds()
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObserveAsync(time);
        var meeting = bridge.Eyeson.FindRoom("room")!;
        meeting.Faults.MuteHistory = true;

        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        await time.AdvanceUntilAsync(() => meeting.Observers == 1);
        meeting.Chat("while waiting", "ann");
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3002) == 1);
        var resumed = await bridge.WhenAsync<ObservationResumed>();
        await bridge.WhenAsync<ChatMessageSent>(count: 2);

        Assert.Contains(nameof(ChatMessageSent), resumed.Unrecoverable);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task History_RegisteredAgain_IsNotAskedForWhatWasBefore()
    {
        await using var bridge = await ObserveAsync();
        var meeting = bridge.Eyeson.FindRoom("room")!;

        await bridge.Store.UnregisterRoomAsync("room", "command", ObservationBench.Cancelled);
        await bridge.WhenAsync<ObservationEnded>();
        meeting.Chat("nobody asked", "ann");
        await bridge.RegisterAsync();
        await bridge.WhenAsync<ObservationStarted>(count: 2);
        meeting.Chat("after", "ann");
        await bridge.WhenAsync<ChatMessageSent>(count: 2);

        Assert.Equal(["before", "after"], (await bridge.EventsAsync()).OfType<ChatMessageSent>().Select(chat => chat.Content));
    }

    /// <summary>A meeting with Ann in it, who has said "before".</summary>
    private static async Task<ObservationBench> ObserveAsync(TimeProvider? time = null)
    {
        var bridge = await ObservationBench.CreateAsync(time, Extended);
        var meeting = await bridge.ObserveAsync();
        meeting.Join(Ann);
        meeting.Chat("before", "ann");
        await bridge.WhenAsync<ChatMessageSent>();
        return bridge;
    }
}
