using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Outbox;

/// <summary>Events as JSON, as consumers receive them.</summary>
internal static class EventSerializer
{
    /// <summary>The event as JSON in UTF-8.</summary>
    public static byte[] Write(RoomEvent happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), EventJson.Default);

    /// <summary>The event back from JSON.</summary>
    /// <exception cref="JsonException">The payload is not such an event.</exception>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public static RoomEvent Read(string type, ReadOnlySpan<byte> payload) =>
        (RoomEvent?)JsonSerializer.Deserialize(payload, EventNames.TypeOf(type), EventJson.Default)
        ?? throw new JsonException($"The payload of a {type} in the outbox is null.");
}
