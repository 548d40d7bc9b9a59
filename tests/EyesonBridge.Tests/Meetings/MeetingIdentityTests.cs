using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using FsCheck.Xunit;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Which meeting it is: each begins and ends once, and whoever tells it again tells the same event.</summary>
[Properties(Arbitrary = [typeof(WireFrames)], MaxTest = 500)]
public sealed class MeetingIdentityTests
{
    private const string SecondLater = "2023-12-11T09:48:33.031Z";
    private static readonly string Meeting = $"{ObservedRoom.Id}@{Bodies.Started}";

    [Theory]
    [InlineData(SecondLater)]
    [InlineData("2023-12-11T09:48:32Z")]
    public void Apply_StartThatFlaps_IsOneMeeting(string flap)
    {
        var room = ObservedRoom.After(Bodies.Full, Running(flap), Running(Bodies.Started), Running(flap), Over(flap));

        Assert.Equal(Meeting, Assert.Single(room.Events.OfType<MeetingStarted>()).MeetingId);
        Assert.Equal(Meeting, Assert.Single(room.Events.OfType<MeetingEnded>()).MeetingId);
        Assert.Equal(2, room.Events.OfType<ParticipantJoined>().Count());
        Assert.All(room.Events, happened => Assert.Equal(Meeting, happened.MeetingId));
    }

    [Fact]
    public void Apply_RecordingOfAMeetingWhoseStartDiffersALittle_IsOfThatMeeting()
    {
        var room = ObservedRoom.After(Bodies.Empty);

        Assert.Equal(Meeting, room.HearOne<RecordingStarted>(RecordingOf(SecondLater)).MeetingId);
        Assert.NotNull(room.State.Recording);
    }

    [Fact]
    public void Apply_RecordingOfAMeetingASecondAfterTheEnd_IsOfThatOne()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);

        Assert.Equal($"{ObservedRoom.Id}@{SecondLater}", room.HearOne<RecordingStarted>(RecordingOf(SecondLater)).MeetingId);
    }

    [Fact]
    public void Apply_SecondAfterTheEnd_IsTheNextMeeting()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);

        Assert.Equal($"{ObservedRoom.Id}@{SecondLater}", room.HearOne<MeetingStarted>(Running(SecondLater)).MeetingId);
    }

    [Theory]
    [InlineData(EventOrigin.Live)]
    [InlineData(EventOrigin.Backfill)]
    public void Apply_StateOfTheMeetingBefore_ChangesNothing(EventOrigin origin)
    {
        var room = ObservedRoom.After(Bodies.Full, Running(Bodies.StartedLater));
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Full, origin));
        Assert.Empty(room.Hear(Bodies.Shutdown, origin));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_SubscriptionThatBeginsWithAnEarlierMeeting_IsBelieved()
    {
        var room = ObservedRoom.After(Bodies.Empty, Running(Bodies.StartedLater));

        var events = room.Hear(Bodies.Empty, EventOrigin.Snapshot);

        Assert.Equal([nameof(MeetingEnded), nameof(MeetingStarted)], ObservedRoom.Names(events));
        Assert.Equal(room.Events[0].EventId, events[1].EventId); // it had begun before
    }

    [Fact]
    public void Apply_StateThatComesAfterTheEnd_DoesNotBeginTheMeetingAgain()
    {
        var room = ObservedRoom.After(Bodies.Full, Bodies.Shutdown);

        Assert.Empty(room.Hear(Bodies.Full, EventOrigin.Backfill));
        Assert.True(room.State.IsOver);
    }

    [Fact]
    public void Apply_SameMeetingByAnotherWay_HasTheSameEventIds()
    {
        var live = ObservedRoom.After(Bodies.Empty, Bodies.Shutdown);
        var found = new ObservedRoom { Sequence = 41 };
        found.Hear(Bodies.Empty, EventOrigin.Snapshot);
        found.Conclude();

        Assert.Equal(live.Events.Select(happened => happened.EventId), found.Events.Select(happened => happened.EventId));
        Assert.Distinct(live.Events.Select(happened => happened.EventId));
    }

    [Property]
    public void BeginAndEnd_OfAnySequence_HaveTheIdsOfTheirMeeting(WireFrame[] frames)
    {
        var room = new ObservedRoom();
        HeardStep.All(frames, room);

        var said = room.Events.Where(happened => happened is MeetingStarted or MeetingEnded && happened.MeetingId is not null).ToList();
        Assert.Equal(
            said.Select(happened => (happened.GetType(), happened.MeetingId)).Distinct().Count(),
            said.Select(happened => happened.EventId).Distinct().Count());
    }

    [Property]
    public void Meeting_InAnySequence_IsSaidOnceUnlessItIsSaidToBeOver(WireFrame[] frames)
    {
        var room = new ObservedRoom();
        HeardStep.All(frames.Where(frame => frame.Body is { } body && ObserverEventReader.Read(body) is not RoomUpdate { Room.Shutdown: true }), room);

        Assert.Distinct(room.Events.OfType<MeetingEnded>().Where(ended => ended.MeetingId is not null).Select(ended => ended.MeetingId));
        Assert.Distinct(room.Events.OfType<MeetingStarted>().Where(started => started.MeetingId is not null).Select(started => started.MeetingId));
    }

    private static string RecordingOf(string meetingStartedAt) =>
        $$$$"""{"type":"recording_update","recording":{"id":"r","room":{"started_at":"{{{{meetingStartedAt}}}}"}}}""";

    private static string Running(string startedAt) =>
        Bodies.Room($"\"name\":\"Demo\",\"ready\":true,\"started_at\":\"{startedAt}\",\"shutdown\":false");

    private static string Over(string startedAt) => Bodies.Room($"\"started_at\":\"{startedAt}\",\"shutdown\":true");
}
