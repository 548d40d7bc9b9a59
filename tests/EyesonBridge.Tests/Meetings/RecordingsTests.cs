using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

public sealed class RecordingsTests
{
    private const string Started = nameof(RecordingStarted);
    private const string Stopped = nameof(RecordingStopped);
    private const string Finished = nameof(RecordingFinished);

    /// <summary>Each word is a phase as it comes over the wire; what is said are the phases, each at its first coming.</summary>
    [Theory]
    [InlineData("start stop finish", Started, Stopped, Finished)]
    [InlineData("start finish stop", Started, Finished, Stopped)]
    [InlineData("stop start finish", Stopped, Started, Finished)]
    [InlineData("stop finish start", Stopped, Finished, Started)]
    [InlineData("finish start stop", Finished, Started, Stopped)]
    [InlineData("finish stop start", Finished, Stopped, Started)]
    [InlineData("start start stop stop finish finish", Started, Stopped, Finished)]
    [InlineData("start stop finish start stop finish", Started, Stopped, Finished)]
    [InlineData("stop", Stopped)]
    [InlineData("finish", Finished)]
    [InlineData("start finish", Started, Finished)]
    public void Apply_PhasesInAnyOrder_SaysEachOnceAndLeavesNothingRunning(string phases, params string[] expected)
    {
        var room = ObservedRoom.After(Bodies.Empty);
        var events = phases.Split(' ').SelectMany(phase => room.Hear(Body(phase))).ToList();

        Assert.Equal(expected, ObservedRoom.Names(events));
        Assert.Null(room.State.Recording);
    }

    [Fact]
    public void Apply_StartThenStop_TellsWhoAndHowLong()
    {
        var room = ObservedRoom.After(Bodies.Empty);

        var started = room.HearOne<RecordingStarted>(Bodies.RecordingStarts());
        Assert.Equal("r1", room.State.Recording?.RecordingId);
        var stopped = room.HearOne<RecordingStopped>(Bodies.RecordingStops());

        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1702288218), started.OccurredAt);
        Assert.Equal("a", started.StartedBy?.Id);
        Assert.Equal(5.5, stopped.DurationSeconds);
        Assert.Equal("a", stopped.StartedBy?.Id);
    }

    [Fact]
    public void Apply_CreatedAtMovedByASecond_IsTheSameRecording()
    {
        var one = ObservedRoom.After(Bodies.RecordingStarts(createdAt: 1702288218)).Events[^1];
        var other = ObservedRoom.After(Bodies.RecordingStarts(createdAt: 1702288219)).Events[^1];
        Assert.Equal(one.EventId, other.EventId);

        var room = ObservedRoom.After(Bodies.RecordingStarts(createdAt: 1702288218));
        Assert.Empty(room.Hear(Bodies.RecordingStarts(createdAt: 1702288219)));
        room.HearOne<RecordingStopped>(Bodies.RecordingStops(createdAt: 1702288219));
    }

    [Fact]
    public void Apply_SamePhaseLiveOrFoundOrFetched_HasTheSameEventId()
    {
        var started = ObservedRoom.After(Bodies.RecordingStarts()).Events[^1];
        var seen = new ObservedRoom().HearOne<RecordingStarted>(
            Bodies.Room("""  "recording":{"id":"r1","created_at":1702288218}  """), EventOrigin.Snapshot);
        Assert.Equal(started.EventId, seen.EventId);
        Assert.Equal(EventOrigin.Snapshot, seen.Origin);

        var stopped = ObservedRoom.After(Bodies.RecordingStarts()).HearOne<RecordingStopped>(Bodies.RecordingStops());
        var missed = ObservedRoom.After(Bodies.RecordingStarts()).HearOne<RecordingStopped>(Bodies.Room("\"recording\":null"));
        Assert.Equal(stopped.EventId, missed.EventId);

        var finished = new ObservedRoom().HearOne<RecordingFinished>(Bodies.RecordingFinishes());
        var fetched = new ObservedRoom().HearOne<RecordingFinished>(
            Bodies.RecordingFinishes(url: "https://example.com/fresh"), EventOrigin.Backfill);
        Assert.Equal(finished.EventId, fetched.EventId);
        Assert.Equal(EventOrigin.Backfill, fetched.Origin);

        Assert.Distinct([started.EventId, stopped.EventId, finished.EventId]);
    }

    [Fact]
    public void Apply_RoomRecordsNoMore_SaysStoppedWithoutDuration()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.RecordingStarts());

        var stopped = room.HearOne<RecordingStopped>(Bodies.Empty, EventOrigin.Snapshot);

        Assert.Null(stopped.DurationSeconds);
        Assert.Equal("a", stopped.StartedBy?.Id);
        Assert.Null(room.State.Recording);
        Assert.Empty(room.Hear(Bodies.RecordingStops()));
        room.HearOne<RecordingFinished>(Bodies.RecordingFinishes());
    }

    [Fact]
    public void Apply_RoomRecordsSomethingElse_StopsTheOneAndStartsTheOther()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.RecordingStarts());

        var events = room.Hear(Bodies.Room("""  "recording":{"id":"r2"}  """));

        Assert.Equal("r1", Assert.IsType<RecordingStopped>(events[0]).RecordingId);
        Assert.Equal("r2", Assert.IsType<RecordingStarted>(events[1]).RecordingId);
        Assert.Equal("r2", room.State.Recording?.RecordingId);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("\"recording\":7", true)]
    [InlineData("\"recording\":{}", true)]
    [InlineData("\"recording\":{\"id\":null,\"duration\":5}", true)]
    public void Apply_RoomThatDoesNotTellTheRecording_LetsItRun(string members, bool isReported)
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.RecordingStarts());
        var before = room.State;

        Assert.Equal(isReported ? [nameof(UnrecognizedEvent)] : [], ObservedRoom.Names(room.Hear(Bodies.Room(members))));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_RoomRecordsWhatWasSaidToHaveStopped_KnowsItRunsAndSaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Empty);

        Assert.DoesNotContain(room.Hear(Bodies.Full), happened => happened is RecordingStarted or RecordingStopped);
        Assert.Equal("r1", room.State.Recording?.RecordingId);
        Assert.DoesNotContain(room.Hear(Bodies.Empty), happened => happened is RecordingStarted or RecordingStopped);
        Assert.Null(room.State.Recording);
    }

    [Theory]
    [InlineData("\"duration\":5", Stopped)]
    [InlineData("""  "links":{"download":"https://example.com/r.webm"}  """, Finished)]
    public void Apply_RoomWithARecordingThatRunsNoMore_SaysItsPhaseOnly(string member, string expected)
    {
        var room = ObservedRoom.After(Bodies.Empty);

        Assert.Equal([expected], ObservedRoom.Names(room.Hear(Bodies.Room($"\"recording\":{{\"id\":\"r1\",{member}}}"))));
        Assert.Null(room.State.Recording);
    }

    [Fact]
    public void Apply_FinishAfterTheMeetingEnded_IsSaidInThatMeeting()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Shutdown);
        var ended = room.Events[^1];

        var finished = room.HearOne<RecordingFinished>(Bodies.RecordingFinishes(), EventOrigin.Backfill);

        Assert.Equal(ended.MeetingId, finished.MeetingId);
        Assert.Empty(room.Hear(Bodies.RecordingFinishes()));
    }

    [Fact]
    public void Apply_FinishOfTheMeetingBefore_IsSaidInTheMeetingBefore()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}"  """));

        var finished = room.HearOne<RecordingFinished>(
            $$$$"""{"type":"recording_update","recording":{"id":"r1","duration":5,"links":{"download":"https://example.com/r.webm"},"room":{"started_at":"{{{{Bodies.Started}}}}"}}}""");

        Assert.Equal($"{ObservedRoom.Id}@{Bodies.Started}", finished.MeetingId);
    }

    private static string Body(string phase) => phase switch
    {
        "start" => Bodies.RecordingStarts(),
        "stop" => Bodies.RecordingStops(),
        _ => Bodies.RecordingFinishes(),
    };
}
