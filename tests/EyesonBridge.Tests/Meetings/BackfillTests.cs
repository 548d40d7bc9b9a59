using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using Wire = EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Tests.Meetings;

/// <summary>What REST says after the fact: of a gap, and of recordings that outlive their meeting.</summary>
public sealed class BackfillTests
{
    private static readonly DateTimeOffset Gap = ObservedRoom.Begin;
    private static readonly DateTimeOffset Started = new(2023, 12, 11, 9, 48, 32, 31, TimeSpan.Zero);

    [Fact]
    public void Backfill_WhatIsKnownOrOlder_IsLeftOut()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Snapshots("known"), Bodies.RecordingStarts("known"));
        var state = room.State with { GapFrom = Gap };

        var change = Backfill.Apply(
            state,
            Gap,
            [Recording("known", Gap.AddSeconds(-30)), Recording("old", Gap.AddHours(-1)), Recording("new", Gap.AddSeconds(5)), new Wire.Recording()],
            [Snapshot("known", Gap), Snapshot("old", Gap.AddHours(-1)), Snapshot("second", Gap.AddSeconds(9)), Snapshot("first", Gap.AddSeconds(-59))],
            Context(room.Sequence));

        Assert.Equal(["new"], change.Events.OfType<RecordingStarted>().Select(started => started.RecordingId));
        Assert.Equal(["first", "second"], change.Events.OfType<SnapshotTaken>().Select(taken => taken.SnapshotId));
        Assert.All(change.Events, happened => Assert.Equal(EventOrigin.Backfill, happened.Origin));
        Assert.Null(change.State.GapFrom);
        Assert.Equal(room.Sequence + 1, change.Events[0].Sequence);
    }

    [Theory]
    [InlineData(null, null, nameof(RecordingStarted))]
    [InlineData(5.0, null, nameof(RecordingStarted), nameof(RecordingStopped))]
    [InlineData(5.0, "https://example.com/r", nameof(RecordingStarted), nameof(RecordingStopped), nameof(RecordingFinished))]
    public void CatchUp_UnknownRecording_SaysEachPhaseUpToItsOwn(double? duration, string? download, params string[] expected)
    {
        var room = ObservedRoom.After(Bodies.Empty);

        var change = Backfill.Apply(room.State, Gap, [Recording("r", Gap, duration, download)], [], Context(room.Sequence));

        Assert.Equal(expected, ObservedRoom.Names(change.Events));
        Assert.Equal(duration is null, change.State.Recording is not null);
        Assert.Empty(Backfill.Apply(change.State, Gap, [Recording("r", Gap, duration, download)], [], Context(9)).Events);
    }

    [Fact]
    public void Backfill_AfterTheMeeting_FollowsWhatIsNotFinished()
    {
        var room = ObservedRoom.After(Bodies.Empty);
        room.Conclude();

        var change = Backfill.Apply(room.State, Gap, [Recording("r", Gap, 5)], [], Context(room.Sequence));

        Assert.Null(change.State.Recording);
        Assert.Equal(["r"], change.State.ToFollow.Keys);
    }

    [Fact]
    public void Backfill_RecordingOfAnEarlierMeeting_IsFollowedInThatOne()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}"  """));
        var recording = Recording("r", Gap, 5) with { Room = new Wire.Room { StartedAt = Started } };

        var change = Backfill.Apply(room.State, Gap, [recording], [], Context(room.Sequence));

        Assert.Equal(Started, change.State.ToFollow["r"].MeetingStartedAt);
        Assert.All(change.Events, happened => Assert.Equal($"{ObservedRoom.Id}@{Bodies.Started}", happened.MeetingId));
        Assert.Null(change.State.Recording);
    }

    [Fact]
    public void Following_EndOfTheMeeting_TakesWhatIsNotFinishedForADay()
    {
        var room = ObservedRoom.After(
            Bodies.Empty, Bodies.RecordingStarts("a"), Bodies.RecordingStops("a"), Bodies.RecordingFinishes("a"), Bodies.RecordingStarts("b"));
        var ended = room.Now;
        room.Hear(Bodies.Shutdown);

        var followed = Assert.Single(room.State.ToFollow);
        Assert.Equal(("b", new FollowedRecording(Started, ended.AddDays(1))), (followed.Key, followed.Value));
        Assert.Equal(room.State.ToFollow, ObservedRoom.Restored(room.State).ToFollow);
    }

    [Fact]
    public void Following_FileReady_IsSaidOnceInItsMeetingAlsoWhenTheNextRuns()
    {
        var room = ObservedRoom.After(
            Bodies.Empty, Bodies.RecordingStarts(), Bodies.Shutdown, Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}"  """));
        var state = ObservedRoom.Restored(room.State);

        var waiting = Following.Apply(state, Recording("r1", Gap, 5), Context(room.Sequence));
        var ready = Following.Apply(waiting.State, Recording("r1", Gap, 5, "https://example.com/r"), Context(room.Sequence));

        Assert.Empty(waiting.Events); // started and stopped were said
        var finished = Assert.IsType<RecordingFinished>(Assert.Single(ready.Events));
        Assert.Equal($"{ObservedRoom.Id}@{Bodies.Started}", finished.MeetingId);
        Assert.Empty(ready.State.ToFollow);
        Assert.Empty(Following.Apply(ready.State, Recording("r1", Gap, 5, "https://example.com/r"), Context(9)).Events);
    }

    [Fact]
    public void Following_ToldByTheSocketMeanwhile_Ends()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.RecordingStarts(), Bodies.Shutdown);

        room.HearOne<RecordingFinished>(Bodies.RecordingFinishes());

        Assert.Empty(room.State.ToFollow);
    }

    [Fact]
    public void GiveUp_FollowedRecording_ForgetsThatItIs()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.RecordingStarts(), Bodies.Shutdown);

        Assert.Empty(Following.GiveUp(room.State, "r1").State.ToFollow);
    }

    [Fact]
    public void BeginAnew_SnapshotOfTheMeetingBefore_IsNotSaidAgain()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Snapshots("s"), Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}"  """));

        Assert.Empty(Backfill.Apply(ObservedRoom.Restored(room.State), Gap, [], [Snapshot("s", Gap)], Context(room.Sequence)).Events);
    }

    private static Wire.Recording Recording(string id, DateTimeOffset createdAt, double? duration = null, string? download = null) => new()
    {
        Id = id,
        CreatedAt = createdAt,
        Duration = duration,
        Links = new Wire.Links { Download = download },
    };

    private static Wire.Snapshot Snapshot(string id, DateTimeOffset createdAt) => new() { Id = id, CreatedAt = createdAt };

    private static FrameContext Context(long sequence) => new()
    {
        RoomId = ObservedRoom.Id,
        Account = "default",
        Sequence = sequence,
        ObservedAt = Gap.AddMinutes(1),
        Origin = EventOrigin.Backfill,
        NewEventId = Guid.CreateVersion7,
    };
}
