using EyesonBridge.Contracts.V1;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>What happens while nobody listens is told afterwards: by comparing states, and by asking REST.</summary>
public sealed class GapTests
{
    private static readonly SimulatedUser Ann = new("ann", "Ann");
    private static readonly SimulatedUser Bob = new("bob", "Bob");
    private static readonly SimulatedUser Cid = new("cid", "Cid");

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_ManyChanges_AreToldWithTheirOrigin()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Join(Ann);
        meeting.Join(Bob);
        meeting.StartPresentation("ann");
        await bridge.WhenAsync<PresentationStarted>();
        var before = (await bridge.EventsAsync()).Count;
        var snapshot = "";

        var resumed = await bridge.InGapAsync(meeting, () =>
        {
            meeting.Leave("bob");
            meeting.Join(Cid);
            meeting.StartBroadcast();
            meeting.StartPlayback(new SimulatedPlayback { PlayId = "play", Url = "https://example.com/intro.webm" });
            meeting.StopPresentation();
            meeting.SetLayout(new SimulatedLayout { Layout = "custom" });
            meeting.StartRecording();
            snapshot = meeting.TakeSnapshot();
        });
        var taken = await bridge.WhenAsync<SnapshotTaken>();

        var interrupted = await bridge.WhenAsync<ObservationInterrupted>();
        Assert.Equal(InterruptionReason.ConnectionLost, interrupted.Reason);
        Assert.Equal(resumed.GapFrom, interrupted.OccurredAt, TimeSpan.FromMilliseconds(1));
        Assert.True(resumed.GapFrom < resumed.GapTo);
        var found = (await bridge.EventsAsync()).Skip(before).Where(happened => happened is IMeetingEvent and not SnapshotTaken).ToList();
        Assert.Equal(
            [
                nameof(BroadcastStarted), nameof(LayoutChanged), nameof(ParticipantJoined), nameof(ParticipantLeft),
                nameof(PlaybackStarted), nameof(PresentationStopped), nameof(RecordingStarted),
            ],
            found.Select(happened => happened.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(found, happened => Assert.Equal(EventOrigin.Snapshot, happened.Origin));
        Assert.Equal(found.GroupBy(happened => happened.GetType().Name).ToDictionary(same => same.Key, same => same.Count()), resumed.Recovered);
        Assert.Contains(nameof(ChatMessageSent), resumed.Unrecoverable);
        Assert.Equal((snapshot, EventOrigin.Backfill, found[0].MeetingId), (taken.SnapshotId, taken.Origin, taken.MeetingId));
        await bridge.Log.WhenAsync(3014, 1);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_RecordingThatBeganAndFinishedInIt_IsToldInAllPhases()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        await bridge.InGapAsync(meeting, () =>
        {
            meeting.StartRecording();
            meeting.FinishRecording(meeting.StopRecording());
        });
        await bridge.WhenAsync<RecordingFinished>();

        var found = (await bridge.EventsAsync()).Where(happened => happened is RecordingStarted or RecordingStopped or RecordingFinished).ToList();
        Assert.Equal([typeof(RecordingStarted), typeof(RecordingStopped), typeof(RecordingFinished)], found.Select(happened => happened.GetType()));
        Assert.All(found, happened => Assert.Equal(EventOrigin.Backfill, happened.Origin));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_RecordingThatHadBegunBefore_GoesOn()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.StartRecording();
        await bridge.WhenAsync<RecordingStarted>();

        await bridge.InGapAsync(meeting, () => meeting.FinishRecording(meeting.StopRecording()));
        var finished = await bridge.WhenAsync<RecordingFinished>();

        Assert.Equal(EventOrigin.Snapshot, (await bridge.WhenAsync<RecordingStopped>()).Origin);
        Assert.Equal(EventOrigin.Backfill, finished.Origin);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_WhatWasSaidBeforeAndAfter_IsNotSaidAgain()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.TakeSnapshot();
        meeting.StartRecording();
        meeting.FinishRecording(meeting.StopRecording());
        await bridge.WhenAsync<RecordingFinished>();
        meeting.Faults.RestStatus = 503; // so that REST is asked after the socket has told the second ones

        await bridge.InGapAsync(meeting, static () => { });
        await bridge.Log.WhenAsync(3015, 1);
        meeting.TakeSnapshot();
        meeting.StartRecording();
        await bridge.WhenAsync<RecordingStarted>(count: 2);
        meeting.Faults.RestStatus = null;
        await bridge.Log.WhenAsync(3014, 1);

        var events = await bridge.EventsAsync();
        Assert.Equal((2, 2, 1), (events.OfType<SnapshotTaken>().Count(), events.OfType<RecordingStarted>().Count(), events.OfType<RecordingFinished>().Count()));
        Assert.All(events.Where(happened => happened is SnapshotTaken or RecordingStarted), happened => Assert.Equal(EventOrigin.Live, happened.Origin));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_MoreThanAPage_IsToldWhole()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        await bridge.InGapAsync(meeting, () =>
        {
            for (var number = 0; number < 60; number++)
                meeting.TakeSnapshot();
        });
        await bridge.WhenAsync<SnapshotTaken>(count: 60);

        Assert.Equal(3, bridge.Eyeson.Counters.RestRequestsOf("/rooms/room/snapshots"));
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_BeginsAndEndsWhileRestIsAskedAboutAnother_IsFilledToo()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        var recordings = new TaskCompletionSource();
        var snapshots = new TaskCompletionSource();
        meeting.Faults.HoldRest = recordings.Task;

        await bridge.InGapAsync(meeting, () => meeting.TakeSnapshot());
        await AskedAsync(bridge, "recordings");
        meeting.Faults.HoldRest = snapshots.Task;
        recordings.SetResult();
        await AskedAsync(bridge, "snapshots"); // what is answered is without the snapshot of the second gap
        await bridge.InGapAsync(meeting, () => meeting.TakeSnapshot(), gaps: 2);
        meeting.Faults.HoldRest = null;
        snapshots.SetResult();
        await bridge.WhenAsync<SnapshotTaken>(count: 2);

        while ((await bridge.FindAsync()).IsFollowed)
            ObservationBench.Cancelled.ThrowIfCancellationRequested();
        Assert.Equal(2, (await bridge.EventsAsync()).OfType<SnapshotTaken>().Count());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_RoomMissingFromOneList_IsLookedForAgainAndTheMeetingGoesOn()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();

        meeting.Faults.MissingFromLists = 1;
        meeting.Faults.RefuseUpgradeWith = 404;
        meeting.Drop(DropKind.Rst);
        await bridge.Log.WhenAsync(3005, 2); // after the drop, and after the second look
        meeting.Faults.RefuseUpgradeWith = null;
        await bridge.WhenAsync<ObservationResumed>();

        Assert.DoesNotContain(await bridge.EventsAsync(), happened => happened is MeetingEnded or ObservationEnded);
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Restart_WhatHappenedMeanwhile_IsToldLikeAGap()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Join(Ann);
        meeting.TakeSnapshot();
        await bridge.WhenAsync<SnapshotTaken>();

        await bridge.StopAsync();
        meeting.Leave("ann");
        meeting.TakeSnapshot();
        await bridge.StartAsync();
        await bridge.WhenAsync<SnapshotTaken>(count: 2);

        var interrupted = await bridge.WhenAsync<ObservationInterrupted>();
        var resumed = await bridge.WhenAsync<ObservationResumed>();
        Assert.Equal((InterruptionReason.BridgeRestarted, interrupted.OccurredAt), (interrupted.Reason, resumed.GapFrom));
        Assert.Equal(EventOrigin.Snapshot, (await bridge.WhenAsync<ParticipantLeft>()).Origin);
        Assert.Single((await bridge.EventsAsync()).OfType<ParticipantJoined>());
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Restart_GapNotFilledYet_IsFilledByTheNext()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Faults.RestStatus = 503;
        await bridge.InGapAsync(meeting, () => meeting.TakeSnapshot());
        await bridge.Log.WhenAsync(3015, 1);

        await bridge.StopAsync();
        meeting.Faults.RestStatus = null;
        await bridge.StartAsync();

        Assert.Equal(EventOrigin.Backfill, (await bridge.WhenAsync<SnapshotTaken>()).Origin);
        await bridge.Log.WhenAsync(3014, 1);
        while ((await bridge.FindAsync()).IsFollowed) // the restart was a gap too, which may be asked for after the other
            ObservationBench.Cancelled.ThrowIfCancellationRequested();
        await bridge.AssertSoundAsync();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_MeetingEndedInIt_IsConcludedAndItsLastThingsAreTold()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Join(Ann);
        await bridge.WhenAsync<ParticipantJoined>();

        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        var snapshot = meeting.TakeSnapshot();
        meeting.Shutdown();
        meeting.Faults.RefuseUpgradeWith = null;
        var taken = await bridge.WhenAsync<SnapshotTaken>();

        var ended = await bridge.WhenAsync<MeetingEnded>();
        Assert.True(ended.Inferred);
        Assert.Equal(EventOrigin.Snapshot, (await bridge.WhenAsync<ParticipantLeft>()).Origin);
        Assert.Equal(ObservationEndReason.MeetingEnded, (await bridge.WhenAsync<ObservationEnded>()).Reason);
        Assert.Equal((snapshot, ended.MeetingId), (taken.SnapshotId, taken.MeetingId));
        await bridge.AssertSoundAsync();
        var room = await bridge.FindAsync();
        Assert.Equal((ObservationStatus.Ended, null, false), (room.Status, room.Owner, room.IsFollowed));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Gap_NextMeetingBeganInIt_NothingOfTheFirstIsSaidAgain()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.TakeSnapshot();
        meeting.StartRecording();
        await bridge.WhenAsync<RecordingStarted>();

        meeting.Faults.RefuseUpgradeWith = 503;
        meeting.Drop(DropKind.Rst);
        await bridge.WhenAsync<ObservationInterrupted>();
        var recording = meeting.StopRecording();
        meeting.Shutdown();
        meeting.FinishRecording();
        var next = bridge.Eyeson.CreateRoom("room", startedAt: meeting.StartedAt.AddMinutes(1));
        next.TakeSnapshot();
        var finished = await bridge.WhenAsync<RecordingFinished>();
        var second = await bridge.WhenAsync<SnapshotTaken>(count: 2);

        Assert.Equal(recording, finished.RecordingId);
        var meetings = (await bridge.EventsAsync()).OfType<MeetingStarted>().Select(started => started.MeetingId).ToList();
        Assert.Equal((meetings[0], meetings[1]), (finished.MeetingId, second.MeetingId));
        await bridge.Log.WhenAsync(3014, 1);
        Assert.Single((await bridge.EventsAsync()).OfType<RecordingStopped>());
        await bridge.AssertSoundAsync();
    }

    private static async Task AskedAsync(ObservationBench bridge, string what)
    {
        while (bridge.Eyeson.Counters.RestRequestsOf($"/rooms/room/{what}") == 0)
        {
            ObservationBench.Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
