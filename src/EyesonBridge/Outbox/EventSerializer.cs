using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Outbox;

/// <summary>Events as JSON, as consumers receive them and as the outbox keeps them; and the types by name.</summary>
internal static class EventSerializer
{
    private static readonly Dictionary<string, Type> TypesByName = typeof(RoomEvent).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(RoomEvent)))
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Every type of event.</summary>
    public static IReadOnlyCollection<Type> Types => TypesByName.Values;

    /// <summary>The event as JSON in UTF-8.</summary>
    public static byte[] Write(RoomEvent happened) =>
        JsonSerializer.SerializeToUtf8Bytes(happened, happened.GetType(), EventJson.Default);

    /// <summary>The event back from JSON.</summary>
    /// <exception cref="JsonException">The payload is not such an event.</exception>
    /// <exception cref="NotSupportedException">This version knows no event of that name.</exception>
    public static RoomEvent Read(string type, ReadOnlyMemory<byte> payload)
    {
        if (!TypesByName.TryGetValue(type, out var clrType))
            throw new NotSupportedException($"This version does not know the event type '{type}', which a newer version wrote to the outbox. Start that version to publish it.");

        return (RoomEvent?)JsonSerializer.Deserialize(payload.Span, clrType, EventJson.Default)
            ?? throw new JsonException($"The payload of a {type} in the outbox is null.");
    }
}
