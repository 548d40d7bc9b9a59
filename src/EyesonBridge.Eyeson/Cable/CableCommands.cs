using System.Text.Encodings.Web;
using System.Text.Json;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>What the client says.</summary>
internal static class CableCommands
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The channel, as the string that the server gives back.</summary>
    public static ReadOnlySpan<byte> Identifier => "{\"channel\":\"RoomChannel\"}"u8;

    public static ReadOnlyMemory<byte> Subscribe(CableHistory? history)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Plain))
        {
            json.WriteStartObject();
            json.WriteString("command", "subscribe");
            json.WriteString("identifier", Identifier);
            if (history is not null)
                WriteHistory(json, history);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void WriteHistory(Utf8JsonWriter json, CableHistory history)
    {
        json.WriteStartObject("history");
        if (history.Since is { } since)
            json.WriteNumber("since", since.ToUnixTimeSeconds());

        json.WriteStartObject("streams");
        foreach (var (stream, position) in history.Streams)
        {
            json.WriteStartObject(stream);
            json.WriteString("epoch", position.Epoch);
            json.WriteNumber("offset", position.Offset);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
