using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EyesonBridge.Simulator.Cable;

/// <summary>The frames of ActionCable that a server sends.</summary>
internal static class CableFrames
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static byte[] Welcome { get; } = """{"type":"welcome"}"""u8.ToArray();

    public static byte[] Ping(DateTimeOffset now) =>
        Encoding.UTF8.GetBytes($$"""{"type":"ping","message":{{now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}}}""");

    public static byte[] Confirm(string identifier) => Reply(identifier, "confirm_subscription");

    public static byte[] ConfirmHistory(string identifier) => Reply(identifier, "confirm_history");

    public static byte[] RejectHistory(string identifier) => Reply(identifier, "reject_history");

    /// <summary>The welcome of the extended protocol.</summary>
    /// <param name="sid">The id of the new session.</param>
    /// <param name="restored">The subscriptions that are back; null when there was nothing to restore.</param>
    public static byte[] WelcomeSession(string sid, IReadOnlyList<string>? restored) => Write(writer =>
    {
        writer.WriteString("type", "welcome");
        writer.WriteString("sid", sid);
        if (restored is null)
            return;

        writer.WriteBoolean("restored", true);
        writer.WriteStartArray("restored_ids");
        foreach (var identifier in restored)
            writer.WriteStringValue(identifier);
        writer.WriteEndArray();
    });

    public static byte[] Reject(string identifier) => Reply(identifier, "reject_subscription");

    public static byte[] Disconnect(string reason, bool reconnect) => Write(writer =>
    {
        writer.WriteString("type", "disconnect");
        writer.WriteString("reason", reason);
        writer.WriteBoolean("reconnect", reconnect);
    });

    /// <summary>An event. The body goes in as it is, readable or not; the position is the extended protocol's.</summary>
    public static byte[] Message(string identifier, ReadOnlySpan<byte> body, RoomStream? stream = null, long offset = 0)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 128);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        writer.WriteString("identifier", identifier);
        writer.WritePropertyName("message");
        writer.WriteRawValue(body, skipInputValidation: true);
        if (stream is not null)
        {
            writer.WriteString("stream_id", stream.Name);
            writer.WriteString("epoch", stream.Epoch);
            writer.WriteNumber("offset", offset);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Reply(string identifier, string type) => Write(writer =>
    {
        writer.WriteString("identifier", identifier);
        writer.WriteString("type", type);
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var writer = new Utf8JsonWriter(buffer, Relaxed);
        writer.WriteStartObject();
        content(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
