using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>How the bridge came to know of an event.</summary>
/// <remarks>Travels as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<EventOrigin>))]
public enum EventOrigin
{
    /// <summary>Heard on the observer socket when it happened.</summary>
    Live,

    /// <summary>Found by comparing the state of the room with the last known one: it happened before the observation began, or in a gap.</summary>
    Snapshot,

    /// <summary>Fetched by REST, or repeated from the server's history, after the fact.</summary>
    Backfill,
}
