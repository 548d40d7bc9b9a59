using System.Text;
using EyesonBridge.Eyeson.Observer;

namespace EyesonBridge.Eyeson.Tests.Observer;

/// <summary>Bodies that differ from the documented ones without being useless.</summary>
public sealed class LenientReadingTests
{
    [Theory]
    [InlineData("room_update")]
    [InlineData("participant_update")]
    [InlineData("recording_update")]
    [InlineData("broadcasts_update")]
    [InlineData("options_update")]
    [InlineData("snapshot_update")]
    [InlineData("chat")]
    [InlineData("custom")]
    [InlineData("playback_update")]
    [InlineData("podium_update")]
    [InlineData("lock")]
    [InlineData("presentation_update")]
    public void Read_OnlyAType_GivesTheEventWithNothingIn(string type)
    {
        var read = ObserverEventReader.Read(Encoding.UTF8.GetBytes($$"""{"type":"{{type}}"}"""));

        Assert.Equal(type, read.Type);
        var members = read.GetType().GetProperties().Where(property => property.Name is not nameof(ObserverEvent.Type));
        Assert.All(members, member => Assert.True(member.GetValue(read) is null or Optional<Presentation> { IsGiven: false }));
    }

    [Fact]
    public void Read_RoomUpdateOfAWebhook_GivesTheRoom() =>
        Assert.Equal("r1", Samples.Parse<RoomUpdate>("""{"type":"room_update","timestamp":1702288218,"room":{"id":"r1"}}""").Room?.Id);

    [Fact]
    public void Read_SnapshotUpdateOfAWebhook_GivesAListOfOne() =>
        Assert.Equal("s1", Assert.Single(Samples.Parse<SnapshotUpdate>("""{"type":"snapshot_update","snapshot":{"id":"s1"}}""").Snapshots!).Id);

    [Fact]
    public void Read_RoomWithoutLists_TellsMissingFromEmpty()
    {
        var room = Samples.Parse<RoomUpdate>("""{"type":"room_update","content":{"id":"r1","participants":null,"broadcasts":[]}}""").Room!;

        Assert.Null(room.Participants);
        Assert.Null(room.Playbacks);
        Assert.Empty(room.Broadcasts!);
        Assert.False(room.Recording.IsGiven);
        Assert.False(room.Presentation.IsGiven);
    }

    [Fact]
    public void Read_RoomWithRecording_GivesIt()
    {
        var room = Samples.Parse<RoomUpdate>("""{"type":"room_update","content":{"recording":{"id":"rec"},"presentation":null}}""").Room!;

        Assert.True(room.Recording.IsGiven);
        Assert.Equal("rec", room.Recording.Value?.Id);
        Assert.True(room.Presentation.IsGiven);
        Assert.Null(room.Presentation.Value);
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("7")]
    [InlineData("[{}]")]
    [InlineData("false")]
    public void Read_RoomWithMembersOfWrongShapes_CountsThemAsMissing(string wrong)
    {
        var room = Samples.Parse<RoomUpdate>(
            $$$"""{"type":"room_update","content":{"options":{{{wrong}}},"recording":{{{wrong}}},"presentation":{{{wrong}}},"started_at":[1],"id":"r1"}}""").Room!;

        Assert.Equal("r1", room.Id);
        Assert.Null(room.Options);
        Assert.Null(room.StartedAt);
        Assert.False(room.Recording.IsGiven);
        Assert.False(room.Presentation.IsGiven);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    [InlineData("[null,7]")]
    public void Read_RoomWithAListThatIsNone_CountsItAsMissingAndSaysSo(string list)
    {
        var update = Samples.Parse<RoomUpdate>($$$"""{"type":"room_update","content":{"participants":{{{list}}}}}""");

        Assert.Null(update.Room!.Participants);
        Assert.NotNull(update.LeftOut);
    }

    [Theory]
    [InlineData("""{"type":"room_update","content":{"participants":[{"id":"a"},"SECRET"]}}""")]
    [InlineData("""{"type":"room_update","content":{"participants":[{"id":"a"},null]}}""")]
    public void Read_EntryThatIsNoObject_HasNothingInItAndIsTold(string json)
    {
        var update = Samples.Parse<RoomUpdate>(json);

        Assert.Equal([new User { Id = "a" }, new User()], update.Room!.Participants!);
        Assert.DoesNotContain("SECRET", Assert.IsType<string>(update.LeftOut), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"broadcasts_update","broadcasts":[null,{"id":"a"}]}""")]
    [InlineData("""{"type":"playback_update","playing":[{"play_id":"a"},[]]}""")]
    [InlineData("""{"type":"snapshot_update","snapshots":[{"id":"a"},7]}""")]
    [InlineData("""{"type":"podium_update","podium":[{"user_id":"a"},null]}""")]
    [InlineData("""{"type":"podium_update","podium":[{"width":3000000000}]}""")]
    [InlineData("""{"type":"options_update","options":{"layout_users":"a"}}""")]
    [InlineData("""{"type":"options_update","options":{"show_names":2}}""")]
    [InlineData("""{"type":"recording_update","recording":{"duration":1e999}}""")]
    [InlineData("""{"type":"recording_update","recording":{"links":"a"}}""")]
    [InlineData("""{"type":"chat","content":"a","user_id":{}}""")]
    [InlineData("""{"type":"chat","content":"a","created_at":"yesterday"}""")]
    [InlineData("""{"type":"presentation_update","presentation":true}""")]
    public void Read_PartThatCannotBeRead_IsTold(string json) =>
        Assert.NotNull(ObserverEventReader.Read(Encoding.UTF8.GetBytes(json)).LeftOut);

    [Theory]
    [InlineData("""{"type":"recording_update","recording":{"duration":"5","created_at":"","links":null}}""")]
    [InlineData("""{"type":"options_update","options":{"show_names":"1","layout_users":["a",null],"custom_fields":[7]}}""")]
    [InlineData("""{"type":"custom","content":{"a":[1]},"more":[]}""")]
    [InlineData("""{"type":"room_update","content":{"participants":[],"recording":null,"options":null}}""")]
    public void Read_OddButReadable_LeavesNothingOut(string json) =>
        Assert.Null(ObserverEventReader.Read(Encoding.UTF8.GetBytes(json)).LeftOut);

    [Fact]
    public void Read_AfterABodyWithAFault_StartsAnew()
    {
        Samples.Parse<UnreadableEvent>("""{"type":"snapshot_update","snapshots":[7]}""");

        Assert.Null(Samples.Parse<LockUpdate>("""{"type":"lock","locked":true}""").LeftOut);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"1\"", true)]
    [InlineData("2", null)]
    [InlineData("\"maybe\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Read_BooleanInAnyForm_GivesItOrNull(string json, bool? expected) =>
        Assert.Equal(expected, Samples.Parse<LockUpdate>($$"""{"type":"lock","locked":{{json}}}""").Locked);

    [Theory]
    [InlineData("5", 5.0)]
    [InlineData("5.5", 5.5)]
    [InlineData("\"5\"", 5.0)]
    [InlineData("1e999", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"long\"", null)]
    [InlineData("null", null)]
    [InlineData("[5]", null)]
    public void Read_NumberInAnyForm_GivesItOrNull(string json, double? expected) =>
        Assert.Equal(expected, Samples.Parse<RecordingUpdate>($$$"""{"type":"recording_update","recording":{"duration":{{{json}}}}}""").Recording!.Duration);

    [Theory]
    [InlineData("427", 427)]
    [InlineData("\"427\"", 427)]
    [InlineData("426.6", 427)]
    [InlineData("-1", -1)]
    [InlineData("3000000000", null)]
    [InlineData("\"wide\"", null)]
    public void Read_WholeNumberInAnyForm_GivesItOrNull(string json, int? expected) =>
        Assert.Equal(expected, Assert.Single(Samples.Parse<PodiumUpdate>($$"""{"type":"podium_update","podium":[{"width":{{json}}}]}""").Podium!).Width);

    [Theory]
    [InlineData("1702288218", "2023-12-11T09:50:18.0000000+00:00")]
    [InlineData("1702288218.5", "2023-12-11T09:50:18.5000000+00:00")]
    [InlineData("\"1702288218\"", "2023-12-11T09:50:18.0000000+00:00")]
    [InlineData("\"2023-12-11T10:50:18+01:00\"", "2023-12-11T09:50:18.0000000+00:00")]
    [InlineData("\"2023-12-11T09:50:18\"", "2023-12-11T09:50:18.0000000+00:00")]
    [InlineData("\"yesterday\"", null)]
    [InlineData("1e300", null)]
    [InlineData("-1", null)]
    [InlineData("true", null)]
    [InlineData("{\"at\":1}", null)]
    public void Read_DateInAnyForm_GivesUtcOrNull(string json, string? expected) =>
        Assert.Equal(expected, Samples.Parse<ChatMessage>($$"""{"type":"chat","created_at":{{json}}}""").CreatedAt?.ToString("O"));

    [Theory]
    [InlineData("12", "12")]
    [InlineData("true", "true")]
    [InlineData("null", null)]
    [InlineData("{\"a\":[1]}", null)]
    public void Read_TextInAnyForm_GivesItOrNull(string json, string? expected) =>
        Assert.Equal(expected, Samples.Parse<ChatMessage>($$"""{"type":"chat","user_id":{{json}}}""").UserId);

    [Fact]
    public void Read_ContentThatIsAnObject_GivesItsJson() =>
        Assert.Equal("""{"a": [1]}""", Samples.Parse<CustomMessage>("""{"type":"custom","content":{"a": [1]}}""").Content);

    [Fact]
    public void Read_HalfAnEmoji_IsReplaced() =>
        Assert.Equal("a\n\"é\uFFFD!", Samples.Parse<ChatMessage>("""{"type":"chat","content":"a\n\"\u00e9\ud83d!"}""").Content);

    [Fact]
    public void Read_LayoutUsers_KeepTheirPlaces() =>
        Assert.Equal(["a", "", "b"], Samples.Parse<OptionsUpdate>("""{"type":"options_update","options":{"layout_users":["a",null,"b"]}}""").Options!.LayoutUsers!);

    [Fact]
    public void Read_LayoutMap_IsKeptAsItStood() =>
        Assert.Equal("[[0,0,100,100]]", Samples.Parse<OptionsUpdate>("""{"type":"options_update","options":{"layout_map":[[0,0,100,100]]}}""").Options!.LayoutMap?.GetRawText());

    [Fact]
    public void Read_UnknownMembers_AreIgnored() =>
        Assert.True(Samples.Parse<LockUpdate>("""{"extra":{"type":"x"},"locked":true,"type":"lock","more":[1]}""").Locked);
}
