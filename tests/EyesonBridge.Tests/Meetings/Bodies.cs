namespace EyesonBridge.Tests.Meetings;

/// <summary>Bodies as they come over the wire.</summary>
internal static class Bodies
{
    public const string Started = "2023-12-11T09:48:32.031Z";

    public const string StartedLater = "2023-12-12T10:00:00.000Z";

    /// <summary>A meeting that runs, with nothing going on in it.</summary>
    public const string Empty =
        """{"type":"room_update","content":{"name":"Demo","ready":true,"started_at":"2023-12-11T09:48:32.031Z","shutdown":false,"participants":[],"playbacks":[],"presentation":null,"broadcasts":[],"recording":null}}""";

    /// <summary>A meeting with one of everything.</summary>
    public const string Full =
        """
        {"type":"room_update","content":{"name":"Demo","ready":true,"started_at":"2023-12-11T09:48:32.031Z","shutdown":false,
          "options":{"layout":"auto","layout_name":"nine","layout_users":["a",""],"layout_map":[[0,0,1,1]],"show_names":true,"voice_activation":false},
          "participants":[{"id":"a","name":"Ann","avatar":"https://example.com/a.png","guest":false},{"id":"b","name":"Bob","avatar":null,"guest":true}],
          "playbacks":[{"play_id":"p1","url":"https://example.com/p1.webm","name":"Intro","audio":true,"loop_count":-1,"replacement_id":"a"}],
          "presentation":{"user":{"id":"a","name":"Ann","avatar":null,"guest":false,"joined_at":"2023-12-11T10:48:34.433+01:00"}},
          "broadcasts":[{"id":"b1","platform":"youtube","player_url":"https://example.com/live","user":{"id":"b","name":"Bob","avatar":null,"guest":true,"joined_at":null}}],
          "recording":{"id":"r1","created_at":1702288218,"duration":null,"links":{"self":null,"download":null},"user":{"id":"a","name":"Ann","avatar":null,"guest":false,"joined_at":null}}}}
        """;

    public const string Shutdown =
        """{"type":"room_update","content":{"name":"Demo","ready":true,"started_at":"2023-12-11T09:48:32.031Z","shutdown":true,"participants":[{"id":"a"}],"recording":null}}""";

    public static byte[] Sample(string type) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", $"{type}.json"));

    public static string Joins(string id, string name = "Ann") =>
        $$$"""{"type":"participant_update","participant":{"id":"{{{id}}}","name":"{{{name}}}","avatar":null,"guest":false,"online":true}}""";

    public static string Leaves(string id) =>
        $$$"""{"type":"participant_update","participant":{"id":"{{{id}}}","name":"Ann","avatar":null,"guest":false,"online":false}}""";

    /// <summary>A <c>room_update</c> with these members of its content.</summary>
    public static string Room(string members) => "{\"type\":\"room_update\",\"content\":{" + members + "}}";

    public static string RecordingStarts(string id = "r1", long createdAt = 1702288218) => Recording(id, createdAt, "null", "null");

    public static string RecordingStops(string id = "r1", long createdAt = 1702288218) => Recording(id, createdAt, "5.5", "null");

    public static string RecordingFinishes(string id = "r1", long createdAt = 1702288218, string url = "https://example.com/r.webm") =>
        Recording(id, createdAt, "5.5", $"\"{url}\"");

    public static string Broadcasts(params string[] ids) =>
        $$"""{"type":"broadcasts_update","broadcasts":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","platform":"generic"}"""))}}]}""";

    public static string Playbacks(params string[] ids) =>
        $$"""{"type":"playback_update","playing":[{{string.Join(',', ids.Select(id => $$"""{"play_id":"{{id}}","audio":true}"""))}}]}""";

    public static string Presents(string userId) =>
        $$$$"""{"type":"presentation_update","presentation":{"user":{"id":"{{{{userId}}}}","name":"Ann"}}}""";

    public static string Options(string members) => "{\"type\":\"options_update\",\"options\":{" + members + "}}";

    public static string Snapshots(params string[] ids) =>
        $$"""{"type":"snapshot_update","snapshots":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}","created_at":"2023-12-11T09:58:54.498Z"}"""))}}]}""";

    private static string Recording(string id, long createdAt, string duration, string download) =>
        $$$$"""{"type":"recording_update","recording":{"id":"{{{{id}}}}","created_at":{{{{createdAt}}}},"duration":{{{{duration}}}},"links":{"download":{{{{download}}}} },"user":{"id":"a","name":"Ann"}}}""";
}
