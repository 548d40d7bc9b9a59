using System.Text.Json;

namespace EyesonBridge.Cli;

/// <summary>An event as a consumer receives it: name of the type, and the JSON of the message.</summary>
internal sealed record TailedEvent(string Type, JsonElement Message)
{
    public string RoomId => Text("roomId");

    public long Sequence => Message.TryGetProperty("sequence", out var value) && value.TryGetInt64(out var number) ? number : 0;

    /// <summary>The event as one line of JSON, its type first.</summary>
    public string ToJsonLine() => $$"""{"type":{{JsonSerializer.Serialize(Type)}},"message":{{JsonSerializer.Serialize(Message)}}}""";

    /// <summary>The event as one readable line.</summary>
    public string ToLine()
    {
        var time = Message.TryGetProperty("occurredAt", out var at) && at.TryGetDateTimeOffset(out var occurred)
            ? occurred.UtcDateTime.ToString("HH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture)
            : "            ";
        var origin = Text("origin");
        var mark = string.Equals(origin, "live", StringComparison.Ordinal) ? "" : $" ({origin})";
        return $"{time}  {RoomId}  #{Sequence,-4} {Type,-22} {EventDetails.Of(Message)}{mark}".TrimEnd();
    }

    private string Text(string property) =>
        Message.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
