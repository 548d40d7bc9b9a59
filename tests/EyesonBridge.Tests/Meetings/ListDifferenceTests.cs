using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Broadcasts, playbacks and the presentation: the wire tells what is on, the bridge what began and ended.</summary>
public sealed class ListDifferenceTests
{
    [Fact]
    public void Apply_BroadcastsChange_EndsTheMissingThenBeginsTheNew()
    {
        var room = ObservedRoom.After(Bodies.Broadcasts("b1", "b2"));
        Assert.Equal(["BroadcastStarted", "BroadcastStarted"], ObservedRoom.Names(room.Events));

        var events = room.Hear(Bodies.Broadcasts("b2", "b3"));

        Assert.Equal("b1", Assert.IsType<BroadcastStopped>(events[0]).Broadcast.Id);
        Assert.Equal("b3", Assert.IsType<BroadcastStarted>(events[1]).Broadcast.Id);
        Assert.Equal(2, events.Count);
        Assert.Equal(["b2", "b3"], room.State.Broadcasts.Select(each => each.Id), StringComparer.Ordinal);
    }

    [Fact]
    public void Apply_PlaybacksChange_EndsTheMissingThenBeginsTheNew()
    {
        var room = ObservedRoom.After(Bodies.Playbacks("p1", "p2"));
        Assert.Equal(["PlaybackStarted", "PlaybackStarted"], ObservedRoom.Names(room.Events));

        var events = room.Hear(Bodies.Playbacks("p2", "p3"));

        Assert.Equal("p1", Assert.IsType<PlaybackEnded>(events[0]).Playback.PlayId);
        Assert.Equal("p3", Assert.IsType<PlaybackStarted>(events[1]).Playback.PlayId);
        Assert.Equal(2, events.Count);
        Assert.Equal(["p2", "p3"], room.State.Playbacks.Select(each => each.PlayId), StringComparer.Ordinal);
    }

    [Fact]
    public void Apply_EntryThatOnlyLooksDifferent_IsKnownAsNowAndSaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Broadcasts("b1"), Bodies.Playbacks("p1"));

        Assert.Empty(room.Hear("""{"type":"broadcasts_update","broadcasts":[{"id":"b1","player_url":"https://example.com/live"}]}"""));
        Assert.Empty(room.Hear("""{"type":"playback_update","playing":[{"play_id":"p1","name":"Intro"}]}"""));

        Assert.Equal("https://example.com/live", room.HearOne<BroadcastStopped>(Bodies.Broadcasts()).Broadcast.PlayerUrl);
        Assert.Equal("Intro", room.HearOne<PlaybackEnded>(Bodies.Playbacks()).Playback.Name);
    }

    [Fact]
    public void Apply_SameListAgainOrTwiceTheSameEntry_SaysNothing()
    {
        var room = ObservedRoom.After(Bodies.Broadcasts("b1"), Bodies.Playbacks("p1"));
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Broadcasts("b1", "b1")));
        Assert.Empty(room.Hear(Bodies.Playbacks("p1", "p1")));
        Assert.Same(before, room.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"broadcasts\":null,\"playbacks\":null")]
    public void Apply_RoomThatDoesNotTellTheLists_LeavesThem(string members)
    {
        var room = ObservedRoom.After(Bodies.Full);
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Room(members)));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_RoomWithEmptyListsAndNulls_EndsAll() =>
        Assert.Equal(
            ["ParticipantLeft", "ParticipantLeft", "BroadcastStopped", "PlaybackEnded", "PresentationStopped", "RecordingStopped"],
            ObservedRoom.Names(ObservedRoom.After(Bodies.Full).Hear(Bodies.Empty)));

    [Fact]
    public void Apply_AnotherPresenter_StopsTheOneAndStartsTheOther()
    {
        var room = ObservedRoom.After(Bodies.Presents("a"));

        var events = room.Hear(Bodies.Presents("b"));

        Assert.Equal("a", Assert.IsType<PresentationStopped>(events[0]).Presentation.PresentedBy?.Id);
        Assert.Equal("b", Assert.IsType<PresentationStarted>(events[1]).Presentation.PresentedBy?.Id);
        Assert.Equal(2, events.Count);
    }

    [Fact]
    public void Apply_NoPresentation_StopsIt()
    {
        const string Body = """{"type":"presentation_update","presentation":null}""";
        var room = ObservedRoom.After(Bodies.Presents("a"));

        Assert.Equal("a", room.HearOne<PresentationStopped>(Body).Presentation.PresentedBy?.Id);
        Assert.Empty(room.Hear(Body));
    }

    [Fact]
    public void Apply_PresenterWithAnotherName_IsTheSamePresentation()
    {
        var room = ObservedRoom.After(Bodies.Presents("a"));

        Assert.Empty(room.Hear("""{"type":"presentation_update","presentation":{"user":{"id":"a","name":"Anna"}}}"""));
        Assert.Equal("Anna", room.State.Presentation?.PresentedBy?.Name);
    }

    [Fact]
    public void Apply_PresentationByNobodyKnown_StartsAndStops()
    {
        var room = ObservedRoom.After(Bodies.Empty);

        Assert.Null(room.HearOne<PresentationStarted>("""{"type":"presentation_update","presentation":{}}""").Presentation.PresentedBy);
        Assert.Equal(["PresentationStopped", "PresentationStarted"], ObservedRoom.Names(room.Hear(Bodies.Presents("a"))));
    }
}
