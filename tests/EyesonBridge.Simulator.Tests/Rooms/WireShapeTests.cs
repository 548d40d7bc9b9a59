using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Rooms;

/// <summary>Each event has the shape of Eyeson's documented sample: the same names in the same order, values of the same kind.</summary>
public sealed class WireShapeTests
{
    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.json").Select(static file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Event_OfAScriptedMeeting_HasTheShapeOfTheSample(string type)
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        await ScriptedMeeting.RunAsync(
            room, new ScriptedMeetingOptions { Speed = double.PositiveInfinity }, TestContext.Current.CancellationToken);
        var path = Path.Combine(AppContext.BaseDirectory, "samples", $"{type}.json");
        var sample = JsonElement.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));

        var sent = room.Sent.Where(candidate => string.Equals(candidate.Type, type, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sent);
        Assert.All(sent, candidate => AssertSameShape(sample, JsonElement.Parse(candidate.Json), type));
    }

    [Fact]
    public async Task State_OfABusyRoom_CarriesWhatGoesOn()
    {
        await using var simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        var room = simulator.CreateRoom("room");
        room.Join(new SimulatedUser("alice", "Alice"));
        room.Join(new SimulatedUser("bob", "Bob"));
        room.Leave("bob");
        var recording = room.StartRecording();
        room.StartPlayback(new SimulatedPlayback { PlayId = "video", Url = "https://example.com/v.webm" });
        room.StartPresentation("alice");
        room.StartBroadcast();
        using var observer = await Observer.ConnectAsync(simulator, "room");
        await observer.SubscribeAsync();

        var content = (await observer.ReceiveEventAsync()).GetProperty("content");

        Assert.Equal("alice", Assert.Single(content.GetProperty("participants").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(recording, content.GetProperty("recording").GetProperty("id").GetString());
        Assert.Equal("video", Assert.Single(content.GetProperty("playbacks").EnumerateArray()).GetProperty("play_id").GetString());
        Assert.Equal("alice", content.GetProperty("presentation").GetProperty("user").GetProperty("id").GetString());
        Assert.Equal("generic", Assert.Single(content.GetProperty("broadcasts").EnumerateArray()).GetProperty("id").GetString());
        room.StopRecording();
        room.StopPresentation();
        room.SetReady(true);
        var quiet = JsonElement.Parse(room.Sent[^1].Json).GetProperty("content");
        Assert.Equal(JsonValueKind.Null, quiet.GetProperty("recording").ValueKind);
        Assert.Equal(JsonValueKind.Null, quiet.GetProperty("presentation").ValueKind);
    }

    private static void AssertSameShape(JsonElement expected, JsonElement actual, string where)
    {
        if (expected.ValueKind == JsonValueKind.Null || actual.ValueKind == JsonValueKind.Null)
            return;

        Assert.True(Kind(expected) == Kind(actual), $"{where} is {actual.ValueKind} instead of {expected.ValueKind}");
        if (expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() > 0)
        {
            foreach (var item in actual.EnumerateArray())
                AssertSameShape(expected[0], item, where + "[]");
        }
        else if (expected.ValueKind == JsonValueKind.Object && !where.EndsWith("custom_fields", StringComparison.Ordinal))
        {
            Assert.Equal(Names(expected), Names(actual), StringComparer.Ordinal);
            foreach (var property in expected.EnumerateObject())
                AssertSameShape(property.Value, actual.GetProperty(property.Name), $"{where}.{property.Name}");
        }
    }

    private static JsonValueKind Kind(JsonElement element) =>
        element.ValueKind == JsonValueKind.False ? JsonValueKind.True : element.ValueKind;

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(static property => property.Name);
}
