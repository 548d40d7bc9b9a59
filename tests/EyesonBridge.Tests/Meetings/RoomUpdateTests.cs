using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>How meetings begin, end and follow each other in a room.</summary>
public sealed class RoomUpdateTests
{
    private static readonly string FirstMeeting = $"{ObservedRoom.Id}@{Bodies.Started}";
    private static readonly string SecondMeeting = $"{ObservedRoom.Id}@{Bodies.StartedLater}";
    private static readonly string Second = Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.StartedLater}}","participants":[{"id":"a"}]  """);

    [Fact]
    public void Apply_RoomBecomesReady_SaysStartedOnce()
    {
        var room = ObservedRoom.After(Bodies.Room($$"""  "ready":false,"started_at":"{{Bodies.Started}}","name":"Demo"  """));
        Assert.Empty(room.Events);

        var started = room.HearOne<MeetingStarted>(Bodies.Room($$"""  "ready":true,"started_at":"{{Bodies.Started}}"  """));

        Assert.Equal("Demo", started.Name);
        Assert.Equal(DateTimeOffset.Parse(Bodies.Started, System.Globalization.CultureInfo.InvariantCulture), started.OccurredAt);
        Assert.Equal(started.OccurredAt, started.StartedAt);
        Assert.Empty(room.Hear(Bodies.Room("\"ready\":false")));
        Assert.Empty(room.Hear(Bodies.Empty));
    }

    [Fact]
    public void Apply_StartedWithoutATime_HasNoMeetingIdUntilItIsKnown()
    {
        var room = new ObservedRoom();

        var started = room.HearOne<MeetingStarted>(Bodies.Room("\"ready\":true"));
        Assert.Null(started.MeetingId);
        Assert.Equal(started.ObservedAt, started.OccurredAt);

        Assert.Empty(room.Hear(Bodies.Empty));
        Assert.Equal(FirstMeeting, room.HearOne<ParticipantJoined>(Bodies.Joins("a")).MeetingId);
        Assert.Empty(room.Hear(Bodies.Room("\"started_at\":null")));
        Assert.Equal(FirstMeeting, room.HearOne<ParticipantLeft>(Bodies.Leaves("a")).MeetingId);
    }

    [Fact]
    public void Apply_Shutdown_EndsWhatWasGoingOnFirst()
    {
        var events = ObservedRoom.After(Bodies.Full).Hear(Bodies.Shutdown);

        Assert.Equal(
            ["RecordingStopped", "PresentationStopped", "PlaybackEnded", "BroadcastStopped", "ParticipantLeft", "ParticipantLeft", "MeetingEnded"],
            ObservedRoom.Names(events));
        Assert.False(Assert.IsType<MeetingEnded>(events[^1]).Inferred);
        Assert.All(events, happened => Assert.Equal(FirstMeeting, happened.MeetingId));
    }

    [Fact]
    public void Apply_ShutdownRepeated_SaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Shutdown);
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Shutdown));
        Assert.Empty(room.Conclude());
        Assert.Same(before, room.State);
        Assert.False(room.State.ToContract().IsReady);
    }

    [Fact]
    public void Apply_ShutdownFromNothing_SaysEndedOnly() =>
        Assert.Equal(FirstMeeting, new ObservedRoom().HearOne<MeetingEnded>(Bodies.Shutdown).MeetingId);

    [Fact]
    public void Apply_BodiesOvertakenByTheEnd_BeginNothing()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Shutdown);
        var before = room.State;

        string[] late = [Bodies.Joins("c"), Bodies.Leaves("a"), Bodies.Broadcasts("b2"), Bodies.Playbacks("p2"), Bodies.Presents("c"),
            Bodies.Options("\"layout\":\"custom\""), """{"type":"lock","locked":true}""", """{"type":"podium_update","podium":[]}"""];
        Assert.All(late, body => Assert.Empty(room.Hear(body)));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_RecordingStartOvertakenByTheEnd_IsSaidButDoesNotRun()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);

        room.HearOne<RecordingStarted>(Bodies.RecordingStarts());
        Assert.Null(room.State.Recording);
    }

    [Fact]
    public void Apply_MessagesAndSnapshotsOvertakenByTheEnd_AreSaid()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);

        room.HearOne<ChatMessageSent>("""{"type":"chat","content":"bye"}""");
        room.HearOne<CustomMessageSent>("""{"type":"custom","content":"bye"}""");
        room.HearOne<SnapshotTaken>(Bodies.Snapshots("s1"));
    }

    [Fact]
    public void Apply_AnotherStart_EndsTheOldMeetingThenStartsTheNew()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Joins("a"), """{"type":"lock","locked":true}""");

        var events = room.Hear(Second, EventOrigin.Snapshot);

        Assert.Equal(["ParticipantLeft", "MeetingEnded", "MeetingStarted", "ParticipantJoined"], ObservedRoom.Names(events));
        Assert.True(Assert.IsType<MeetingEnded>(events[1]).Inferred);
        Assert.Equal("Demo", ((MeetingEnded)events[1]).Name);
        Assert.Equal([FirstMeeting, FirstMeeting, SecondMeeting, SecondMeeting], events.Select(happened => happened.MeetingId), StringComparer.Ordinal);
        Assert.Null(room.State.IsLocked);
    }

    [Fact]
    public void Apply_AnotherStartAfterTheEnd_OnlyStartsTheNew()
    {
        var events = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown).Hear(Second);

        Assert.Equal(["MeetingStarted", "ParticipantJoined"], ObservedRoom.Names(events));
        Assert.All(events, happened => Assert.Equal(SecondMeeting, happened.MeetingId));
    }

    [Fact]
    public void Apply_SameStartInAnotherOffsetOrPrecision_IsTheSameMeeting()
    {
        var room = ObservedRoom.After(Bodies.Empty);

        Assert.Empty(room.Hear(Bodies.Room("""  "started_at":"2023-12-11T10:48:32.031+01:00"  """)));
        Assert.Empty(room.Hear(Bodies.Room("""  "started_at":"2023-12-11T09:48:32.0314159Z"  """)));
    }

    [Fact]
    public void Apply_SameMeetingAfterItWasConcluded_StartsAgainAndRemembersWhatWasSaid()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Snapshots("s1"));
        room.Conclude();

        var events = room.Hear(Bodies.Full);

        Assert.Equal(
            ["MeetingStarted", "ParticipantJoined", "ParticipantJoined", "BroadcastStarted", "PlaybackStarted", "PresentationStarted"],
            ObservedRoom.Names(events));
        Assert.All(events, happened => Assert.Equal(FirstMeeting, happened.MeetingId));
        Assert.Empty(room.Hear(Bodies.Snapshots("s1")));
    }

    [Fact]
    public void Apply_RunsAgainWithoutAStart_IsNotTheMeetingBefore()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);

        Assert.Null(room.HearOne<MeetingStarted>(Bodies.Room("\"ready\":true")).MeetingId);
        Assert.Equal(SecondMeeting, room.HearOne<ParticipantJoined>(Second).MeetingId);
    }

    [Fact]
    public void Conclude_RunningMeeting_EndsAllOfItOnce()
    {
        var room = ObservedRoom.After(Bodies.Full);

        var events = room.Conclude();

        Assert.Equal(7, events.Count);
        Assert.True(Assert.IsType<MeetingEnded>(events[^1]).Inferred);
        Assert.All(events, happened => Assert.Equal(FirstMeeting, happened.MeetingId));
        Assert.Empty(room.Conclude());
    }

    [Fact]
    public void Conclude_NothingKnown_SaysNothing()
    {
        var room = new ObservedRoom();

        Assert.Empty(room.Conclude());
        Assert.Same(MeetingState.Unknown, room.State);
    }

    [Fact]
    public void Conclude_OnlyPartsKnown_EndsThem()
    {
        string[] begins = [Bodies.Joins("a"), Bodies.Broadcasts("b1"), Bodies.Playbacks("p1"), Bodies.Presents("a"), Bodies.RecordingStarts()];

        Assert.All(begins, body => Assert.Equal(2, ObservedRoom.After(body).Conclude().Count));
    }
}
