using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Tests.Meetings;

/// <summary>The documented bodies, heard in a state where each means something, give the contracts in <c>Golden/</c>: every field.</summary>
public sealed class SampleTests
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
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
    public void Apply_SampleInTheSampleMeeting_GivesTheGoldenContracts(string type)
    {
        var room = new ObservedRoom();
        room.Hear(Bodies.Sample("room_update"));
        room.Sequence = 41;

        AssertGolden(type, room.Hear(Bodies.Sample(type)));
    }

    [Fact]
    public void Apply_RoomUpdateSampleFromNothing_GivesTheGoldenContracts() =>
        AssertGolden("room_update", new ObservedRoom().Hear(Bodies.Sample("room_update"), EventOrigin.Snapshot));

    [Fact]
    public void Apply_RoomUpdateSampleInTheMiddleOfAMeeting_EndsWhatItNoLongerTells()
    {
        var room = new ObservedRoom();
        foreach (var type in (string[])["room_update", "participant_update", "broadcasts_update", "playback_update", "presentation_update"])
            room.Hear(Bodies.Sample(type));

        AssertGolden("room_update.emptied", room.Hear(Bodies.Sample("room_update"), EventOrigin.Snapshot));
    }

    [Fact]
    public void Apply_FullRoomFromNothing_GivesTheGoldenContracts() =>
        AssertGolden("room_update.full", new ObservedRoom().Hear(Bodies.Full, EventOrigin.Snapshot));

    [Fact]
    public void Apply_ShutdownOfAFullRoom_GivesTheGoldenContracts() =>
        AssertGolden("room_update.shutdown", ObservedRoom.After(Bodies.Full).Hear(Bodies.Shutdown));

    [Theory]
    [InlineData("room_update")]
    [InlineData("participant_update")]
    [InlineData("recording_update")]
    [InlineData("broadcasts_update")]
    [InlineData("options_update")]
    [InlineData("snapshot_update")]
    [InlineData("playback_update")]
    [InlineData("lock")]
    [InlineData("presentation_update")]
    public void Apply_SampleTwice_AddsNothing(string type)
    {
        var room = new ObservedRoom();
        room.Hear(Bodies.Sample("room_update"));
        room.Hear(Bodies.Sample(type));
        var before = room.State;

        Assert.Empty(room.Hear(Bodies.Sample(type)));
        Assert.Same(before, room.State);
    }

    private static void AssertGolden(string name, IReadOnlyList<RoomEvent> events)
    {
        var actual = JsonSerializer.Serialize(events.Select(happened => new { Type = happened.GetType().Name, Event = (object)happened }), Json);
        var file = Path.Combine(AppContext.BaseDirectory, "Meetings", "Golden", $"{name}.json");

        Assert.Equal(File.ReadAllText(file, Encoding.UTF8).TrimEnd(), actual);
    }
}
