using System.Text;
using System.Text.Json;
using EyesonBridge.Meetings;

namespace EyesonBridge.Cli;

/// <summary>What is particular about an event, in a few words: the members that not every event has.</summary>
internal static class EventDetails
{
    private const int MaxLength = 100;

    private static readonly HashSet<string> Envelope = new(StringComparer.Ordinal)
    {
        "eventId", "roomId", "meetingId", "sequence", "streamId", "occurredAt", "observedAt", "origin", "account",
    };

    public static string Of(JsonElement message)
    {
        var text = new StringBuilder();
        foreach (var member in message.EnumerateObject())
        {
            if (Envelope.Contains(member.Name) || Describe(member.Value) is not { Length: > 0 } value)
                continue;

            text.Append(text.Length > 0 ? ", " : "").Append(member.Name).Append(": ").Append(value);
        }

        var shown = Presentable(text.ToString());
        return shown.Length <= MaxLength ? shown : shown[..(MaxLength - 1)] + "…";
    }

    /// <summary>Participants control this text, so blank out secrets in it, and everything that controls a terminal.</summary>
    private static string Presentable(string text) =>
        string.Concat(SecretScrubber.Scrub(text).Select(character => char.IsControl(character) ? ' ' : character));

    private static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => WithoutQuery(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? string.Join(" ", value.EnumerateArray().Select(item => item.GetString()))
            : $"{value.GetArrayLength()}",
        JsonValueKind.Object => DescribeObject(value),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    /// <summary>A thing by its name or id; anything else by its members.</summary>
    private static string DescribeObject(JsonElement value)
    {
        foreach (var name in (ReadOnlySpan<string>)["name", "id", "playId", "recordingId"])
        {
            if (value.TryGetProperty(name, out var named) && named.ValueKind == JsonValueKind.String)
                return named.GetString()!;
        }

        if (value.TryGetProperty("presentedBy", out var presenter))
            return DescribeObject(presenter);
        return string.Join(" ", value.EnumerateObject().Select(member => $"{member.Name}={Describe(member.Value)}"));
    }

    /// <summary>A signed address is a secret in its query.</summary>
    private static string WithoutQuery(string text) =>
        text.StartsWith("http", StringComparison.Ordinal) && text.IndexOf('?', StringComparison.Ordinal) is > 0 and var query
            ? text[..query]
            : text;
}
