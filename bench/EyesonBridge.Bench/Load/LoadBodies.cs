using System.Globalization;
using System.Text.Json.Nodes;

namespace EyesonBridge.Bench.Load;

/// <summary>The events of a load, made of the documented bodies in <c>tests/samples</c>.</summary>
internal static class LoadBodies
{
    private static readonly string Stamp = EventStamp.Placeholder;

    /// <summary>Room ids are numbers that look like Eyeson's.</summary>
    public static string RoomId(int number) => number.ToString("D24", CultureInfo.InvariantCulture);

    /// <summary>The state of a room, which comes first after a subscription.</summary>
    public static string RoomUpdate(string roomId, bool shutdown = false) => Sample("room_update", body =>
    {
        body["content"]!["id"] = roomId;
        body["content"]!["shutdown"] = shutdown;
    });

    /// <summary>What is sent in turn. Each of them is one event, also to a bridge that compares it with what it knows.</summary>
    public static IReadOnlyList<string> Of(LoadKind kind) => kind == LoadKind.Chat
        ? [Chat()]
        :
        [
            Chat(), Person(online: true, Stamp), Chat(), Custom(), Podium(), Playing(isPlaying: true), Chat(), Options("nine"), Presenting(isPresenting: true), Chat(),
            Podium(), Lock(isLocked: true), Person(online: false, "Somebody"), Chat(), Playing(isPlaying: false), Custom(), Presenting(isPresenting: false),
            Podium(), Lock(isLocked: false), Options("four"),
        ];

    private static string Chat() => Sample("chat", body => body["content"] = $"{Stamp} Hello everyone, can you all see the slides now?");

    private static string Custom() => Sample("custom", body => body["content"] = $"{Stamp} poll=17&answer=3");

    private static string Person(bool online, string name) => Sample("participant_update", body =>
    {
        body["participant"]!["name"] = name;
        body["participant"]!["online"] = online;
    });

    private static string Podium() => Sample("podium_update", body => body["podium"]![0]!["user_id"] = Stamp);

    private static string Playing(bool isPlaying) => Sample("playback_update", body =>
    {
        if (!isPlaying)
            body["playing"] = new JsonArray();
    });

    private static string Options(string layout) => Sample("options_update", body => body["options"]!["layout_name"] = layout);

    private static string Presenting(bool isPresenting) => Sample("presentation_update", body =>
    {
        if (!isPresenting)
            body["presentation"] = null;
    });

    private static string Lock(bool isLocked) => Sample("lock", body => body["locked"] = isLocked);

    private static string Sample(string name, Action<JsonObject> change)
    {
        var body = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "samples", name + ".json")))!.AsObject();
        change(body);
        return body.ToJsonString();
    }
}
