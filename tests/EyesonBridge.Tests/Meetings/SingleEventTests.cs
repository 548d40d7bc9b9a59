using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

/// <summary>Lock, podium, layout, snapshots and messages.</summary>
public sealed class SingleEventTests
{
    [Fact]
    public void Apply_Lock_SaysEachChange()
    {
        var room = ObservedRoom.After(Bodies.Empty);

        room.HearOne<RoomLocked>(Lock("true"));
        Assert.Empty(room.Hear(Lock("true")));
        Assert.Empty(room.Hear(Bodies.Empty));
        room.HearOne<RoomUnlocked>(Lock("false"));
        Assert.Empty(room.Hear(Lock("false")));
        Assert.False(room.State.ToContract().IsLocked);
    }

    [Fact]
    public void Apply_LockNotKnownBefore_SaysWhatItIs()
    {
        ObservedRoom.After(Bodies.Empty).HearOne<RoomUnlocked>(Lock("false"));
        ObservedRoom.After(Bodies.Empty).HearOne<RoomLocked>(Lock("true"));
    }

    [Fact]
    public void Apply_PodiumRepeated_SaysEach()
    {
        const string Body = """{"type":"podium_update","podium":[{"user_id":"a","width":10}],"layers":[{"id":"l","z-index":-1}]}""";
        var room = ObservedRoom.After(Bodies.Empty);
        var before = room.State;

        var changed = room.HearOne<PodiumChanged>(Body);
        room.HearOne<PodiumChanged>(Body);

        var expected = new PodiumSegment { UserId = "a", Width = 10, Height = 0, Left = 0, Top = 0, ZIndex = 0 };
        Assert.Equal(expected, Assert.Single(changed.Segments));
        Assert.Equal(new PodiumLayer { Id = "l", ZIndex = -1 }, Assert.Single(changed.Layers));
        Assert.Same(before, room.State);
    }

    [Fact]
    public void Apply_PodiumWithoutLayers_HasNone() =>
        Assert.Empty(new ObservedRoom().HearOne<PodiumChanged>("""{"type":"podium_update","podium":[]}""").Layers);

    [Theory]
    [InlineData("\"layout\":\"custom\"", "mode")]
    [InlineData("\"layout\":\"auto\",\"layout_name\":\"six\"", "name")]
    [InlineData("\"layout\":\"auto\",\"layout_users\":[\"a\"]", "users")]
    [InlineData("\"layout\":\"auto\",\"layout_map\":[[0,0,1,1]]", "map")]
    [InlineData("\"layout\":\"auto\",\"show_names\":true", "showNames")]
    [InlineData("\"layout\":\"auto\",\"voice_activation\":true", "voiceActivation")]
    public void Apply_OptionsChange_NamesWhat(string members, string changed)
    {
        var room = ObservedRoom.After(Bodies.Options("\"layout\":\"auto\""));

        Assert.Equal([changed], room.HearOne<LayoutChanged>(Bodies.Options(members)).Changed);
        Assert.Empty(room.Hear(Bodies.Options(members)));
    }

    [Fact]
    public void Apply_OptionsBesideTheLayout_SaysNothing() =>
        Assert.Empty(ObservedRoom.After(Bodies.Options("\"layout\":\"auto\"")).Hear(Bodies.Options("\"layout\":\"auto\",\"widescreen\":false")));

    [Fact]
    public void Apply_LayoutUsersInAnotherOrder_NamesUsers() =>
        Assert.Equal(
            ["users"],
            ObservedRoom.After(Bodies.Options("\"layout_users\":[\"a\",\"b\"]"))
                .HearOne<LayoutChanged>(Bodies.Options("\"layout_users\":[\"b\",\"a\"]")).Changed);

    [Fact]
    public void Apply_FirstOptionsUpdate_NamesAllThatIsTold() =>
        Assert.Equal(
            ["mode", "showNames"],
            new ObservedRoom().HearOne<LayoutChanged>(Bodies.Options("\"layout\":\"auto\",\"show_names\":false")).Changed);

    [Fact]
    public void Apply_OptionsOfTheRoom_ChangeNothingWhenFirstSeen()
    {
        var room = new ObservedRoom();

        Assert.Empty(room.Hear(Bodies.Room("\"options\":{\"layout\":\"auto\"}")));
        Assert.Equal(["mode"], room.HearOne<LayoutChanged>(Bodies.Room("\"options\":{\"layout\":\"custom\"}")).Changed);
        Assert.Empty(room.Hear(Bodies.Room("\"options\":null")));
        Assert.Equal("custom", room.State.Layout?.Mode);
    }

    [Fact]
    public void Apply_SnapshotsSeenBefore_SaysTheNewOnly()
    {
        var room = ObservedRoom.After(Bodies.Snapshots("s1"));

        Assert.Equal("s2", room.HearOne<SnapshotTaken>(Bodies.Snapshots("s1", "s2", "s2")).SnapshotId);
        Assert.Empty(room.Hear(Bodies.Snapshots("s2", "s1")));
        Assert.Empty(room.Hear(Bodies.Snapshots()));
    }

    [Fact]
    public void Apply_SameSnapshotLiveOrFetched_HasTheSameEventId()
    {
        var live = new ObservedRoom().HearOne<SnapshotTaken>(Bodies.Snapshots("s1"));
        var fetched = ObservedRoom.After(Bodies.Empty).HearOne<SnapshotTaken>(Bodies.Snapshots("s1"), EventOrigin.Backfill);
        var other = new ObservedRoom().HearOne<SnapshotTaken>(Bodies.Snapshots("s2"));

        Assert.Equal(live.EventId, fetched.EventId);
        Assert.NotEqual(live.EventId, other.EventId);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("custom")]
    public void Apply_SameMessageAgain_HasTheSameEventIdAndAnyOtherAnother(string type)
    {
        string[] others =
        [
            Message(type, "hi", "c", "u", "2023-12-11T09:59:33.893Z"), Message(type, "ho", "c", "u", "2023-12-11T09:59:33.892Z"),
            Message(type, "hi", "d", "u", "2023-12-11T09:59:33.892Z"), Message(type, "hi", "c", "v", "2023-12-11T09:59:33.892Z"),
            Message(type, "hi", "u", "c", "2023-12-11T09:59:33.892Z"),
            Message(type is "chat" ? "custom" : "chat", "hi", "c", "u", "2023-12-11T09:59:33.892Z"),
        ];
        var body = Message(type, "hi", "c", "u", "2023-12-11T09:59:33.892Z");
        var room = new ObservedRoom();

        var id = Assert.Single(room.Hear(body)).EventId;
        Assert.Equal(id, Assert.Single(room.Hear(Message(type, "hi", "c", "u", "2023-12-11T10:59:33.892+01:00"))).EventId);
        Assert.Distinct([id, .. others.Select(other => Assert.Single(room.Hear(other)).EventId)]);
    }

    [Fact]
    public void Apply_MessageWithoutATime_IsAnotherOneEachTime()
    {
        const string Body = """{"type":"chat","content":"","user_id":"u"}""";
        var room = new ObservedRoom();

        var first = room.HearOne<ChatMessageSent>(Body);
        Assert.NotEqual(first.EventId, room.HearOne<ChatMessageSent>(Body).EventId);
        Assert.Equal(first.ObservedAt, first.OccurredAt);
        Assert.Equal("", first.Content);
    }

    private static string Lock(string locked) => $$"""{"type":"lock","locked":{{locked}}}""";

    private static string Message(string type, string content, string clientId, string userId, string at) =>
        $$"""{"type":"{{type}}","content":"{{content}}","cid":"{{clientId}}","user_id":"{{userId}}","created_at":"{{at}}"}""";
}
