using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Bodies of which a part cannot be read: the rest is applied, that part is reported, and nothing ends for it.</summary>
public sealed class PartlyReadableTests
{
    [Theory]
    [InlineData("""[{"id":"q1","name":"Quinn"},null,{"name":"Nobody"},{"online":false}]""")]
    [InlineData("""[7,{"id":"q1","name":"Quinn"}]""")]
    [InlineData("""[{"id":"q1","name":"Quinn"},["x"]]""")]
    [InlineData("""[{"id":"q1","name":"Quinn"},{"online":false}]""")]
    public void Apply_ParticipantsOfWhomSomeCannotBeRead_JoinsTheOthersAndReports(string participants)
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Joins("a"));
        var body = Bodies.Room($"\"participants\":{participants}");

        var events = room.Hear(body);

        Assert.Equal([nameof(ParticipantJoined), nameof(UnrecognizedEvent)], ObservedRoom.Names(events));
        Assert.Equal("q1", ((ParticipantJoined)events[0]).Participant.Id);
        AssertReport(events[1], "room_update", body);
        Assert.Equal(["a", "q1"], room.State.Participants.Select(each => each.Id)); // who cannot be read may be the one who is missing
    }

    [Fact]
    public void Apply_ParticipantWhoIsNamedAsGone_LeavesThoughOthersCannotBeRead()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Joins("a"), Bodies.Joins("b"));

        var events = room.Hear(Bodies.Room("""  "participants":[null,{"id":"a","online":false}]  """));

        Assert.Equal([nameof(ParticipantLeft), nameof(UnrecognizedEvent)], ObservedRoom.Names(events));
        Assert.Equal(["b"], room.State.Participants.Select(each => each.Id));
    }

    [Theory]
    [InlineData("""{"type":"broadcasts_update","broadcasts":[{"id":"new"},null]}""", "BroadcastStarted")]
    [InlineData("""{"type":"broadcasts_update","broadcasts":[{"platform":"generic"},{"id":"new"}]}""", "BroadcastStarted")]
    [InlineData("""{"type":"playback_update","playing":["x",{"play_id":"new"}]}""", "PlaybackStarted")]
    [InlineData("""{"type":"playback_update","playing":[{"play_id":"new"},{"name":"x"}]}""", "PlaybackStarted")]
    [InlineData("""{"type":"snapshot_update","snapshots":[null,{"id":"new"}]}""", "SnapshotTaken")]
    [InlineData("""{"type":"snapshot_update","snapshots":[{"name":"x"},{"id":"new"}]}""", "SnapshotTaken")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","width":1},null],"layers":[]}""", "PodiumChanged")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","width":1},{}],"layers":[]}""", "PodiumChanged")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","width":1}],"layers":[{"id":"l"},null]}""", "PodiumChanged")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","width":1}],"layers":[{"id":"l"},{"z-index":1}]}""", "PodiumChanged")]
    public void Apply_ListOfWhichSomeCannotBeRead_SaysTheOthersAndEndsNothing(string body, string expected)
    {
        var room = ObservedRoom.After(Bodies.Full);

        var events = room.Hear(body);

        Assert.Equal([expected, nameof(UnrecognizedEvent)], ObservedRoom.Names(events));
        AssertReport(events[1], body[9..body.IndexOf('"', 9)], body);
        Assert.Contains("b1", room.State.Broadcasts.Select(each => each.Id), StringComparer.Ordinal);
        Assert.Contains("p1", room.State.Playbacks.Select(each => each.PlayId), StringComparer.Ordinal);
        if (events[0] is PodiumChanged podium)
        {
            Assert.Equal("a", Assert.Single(podium.Segments).UserId);
            Assert.True(podium.Layers is [] or [{ Id: "l" }]);
        }
    }

    [Theory]
    [InlineData("\"broadcasts\":[{\"id\":\"new\"},null]", "BroadcastStarted")]
    [InlineData("\"playbacks\":[{\"play_id\":\"new\"},{}]", "PlaybackStarted")]
    [InlineData("\"participants\":{\"id\":\"c\"}", null)]
    [InlineData("\"broadcasts\":\"x\"", null)]
    [InlineData("\"playbacks\":[1]", null)]
    [InlineData("\"presentation\":\"x\"", null)]
    [InlineData("\"recording\":[]", null)]
    [InlineData("\"recording\":{\"duration\":null}", null)]
    [InlineData("\"options\":7", null)]
    [InlineData("\"started_at\":\"yesterday\"", null)]
    [InlineData("\"ready\":\"maybe\"", null)]
    [InlineData("\"name\":{}", null)]
    public void Apply_RoomOfWhichAPartCannotBeRead_ReportsItAndEndsNothing(string members, string? expected)
    {
        var room = ObservedRoom.After(Bodies.Full);
        var body = Bodies.Room(members);

        var events = room.Hear(body);

        Assert.Equal(expected is null ? [nameof(UnrecognizedEvent)] : [expected, nameof(UnrecognizedEvent)], ObservedRoom.Names(events));
        AssertReport(events[^1], "room_update", body);
    }

    [Theory]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","width":3000000000}]}""", "PodiumChanged")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a","z-index":1e300}]}""", "PodiumChanged")]
    [InlineData("""{"type":"playback_update","playing":[{"play_id":"p1"},{"play_id":"p2","loop_count":99999999999}]}""", "PlaybackStarted")]
    [InlineData("""{"type":"recording_update","recording":{"id":"r2","created_at":-5,"duration":null}}""", "RecordingStarted")]
    [InlineData("""{"type":"recording_update","recording":{"id":"r2","duration":1e999}}""", "RecordingStarted")]
    [InlineData("""{"type":"chat","content":"hi","created_at":"yesterday"}""", "ChatMessageSent")]
    public void Apply_NumberOrTimeOutOfRange_SaysTheRestAndReports(string body, string expected)
    {
        var events = ObservedRoom.After(Bodies.Full).Hear(body);

        Assert.Equal([expected, nameof(UnrecognizedEvent)], ObservedRoom.Names(events));
        AssertReport(events[1], body[9..body.IndexOf('"', 9)], body);
    }

    [Theory]
    [InlineData("\"shutdown\":true")]
    [InlineData("\"ready\":true,\"started_at\":\"2023-12-12T10:00:00.000Z\",\"participants\":[]")]
    public void Apply_RoomUpdateOfAnotherRoom_IsReportedAndChangesNothing(string members)
    {
        var room = ObservedRoom.After(Bodies.Full);
        var before = room.State;

        room.HearOne<UnrecognizedEvent>(Bodies.Room($"\"id\":\"another\",{members}"));

        Assert.Same(before, room.State);
    }

    [Theory]
    [InlineData("""{"type":"presentation_update"}""")]
    [InlineData("""{"type":"presentation_update","presentation":7}""")]
    public void Apply_PresentationThatIsNotTold_IsNoStop(string body)
    {
        var room = ObservedRoom.After(Bodies.Presents("a"));
        var before = room.State;

        room.HearOne<UnrecognizedEvent>(body);

        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_RenameWhileOnline_IsNoEventButKnown()
    {
        var room = ObservedRoom.After(Bodies.Empty, Bodies.Joins("a"));

        Assert.Empty(room.Hear(Bodies.Joins("a", "Anna")));
        Assert.Equal("Anna", Assert.Single(room.State.ToContract().Participants).Name);
    }

    [Fact]
    public void Apply_EmptyTextWhereANumberOrATimeBelongs_CountsAsMissing() =>
        Assert.Equal(
            [nameof(RecordingStarted)],
            ObservedRoom.Names(new ObservedRoom().Hear("""{"type":"recording_update","recording":{"id":"r1","created_at":"","duration":""}}""")));

    private static void AssertReport(RoomEvent happened, string type, string body)
    {
        var report = Assert.IsType<UnrecognizedEvent>(happened);
        Assert.Equal(type, report.WireType);
        Assert.Equal(body, report.Raw);
        Assert.False(string.IsNullOrEmpty(report.Problem));
    }
}
