using System.Text.Json;

namespace EyesonBridge.Simulator.Cable;

/// <summary>A command as a client sends it. What cannot be read is no command, and is ignored as a Rails server ignores it.</summary>
/// <param name="Name"><c>subscribe</c>, <c>unsubscribe</c> …</param>
/// <param name="Identifier">The string that names the subscription; given back as it came.</param>
/// <param name="History">What was missed, in the extended protocol.</param>
internal sealed record CableCommand(string Name, string Identifier, HistoryRequest? History = null)
{
    public static CableCommand? Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "command") is { } name
                && Text(root, "identifier") is { } identifier
                ? new CableCommand(name, identifier, HistoryRequest.Read(root))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>True when the identifier names the channel that Eyeson has.</summary>
    public bool IsForRoomChannel()
    {
        try
        {
            using var document = JsonDocument.Parse(Identifier);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && string.Equals(Text(document.RootElement, "channel"), "RoomChannel", StringComparison.Ordinal);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
