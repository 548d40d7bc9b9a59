using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EyesonBridge.Simulator.Wire;

/// <summary>How Eyeson writes JSON: snake case, nulls written, times with milliseconds and <c>Z</c>.</summary>
internal static class WireJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>An event of a single part: <c>{"type":TYPE,PROPERTY:VALUE}</c>.</summary>
    public static byte[] Event<T>(string type, string property, T value) => Event(type, property, value, timestamp: null);

    /// <summary>The body of a webhook: <c>{"type":TYPE,PROPERTY:VALUE,"timestamp":UNIX}</c>.</summary>
    public static byte[] Webhook<T>(string type, string property, T value, DateTimeOffset now) =>
        Event(type, property, value, now.ToUnixTimeSeconds());

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static byte[] Event<T>(string type, string property, T value, long? timestamp)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Options.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WritePropertyName(property);
            JsonSerializer.Serialize(writer, value, Options);
            if (timestamp is not null)
                writer.WriteNumber("timestamp", timestamp.Value);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
