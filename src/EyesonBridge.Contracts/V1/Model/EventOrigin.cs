using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>How the bridge learned of an event.</summary>
/// <remarks>Serialized as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<EventOrigin>))]
public enum EventOrigin
{
    /// <summary>Received on the observer socket as it happened.</summary>
    Live,

    /// <summary>Found by comparing the state of the room with the last known one: it happened before the observation began, or during a gap.</summary>
    Snapshot,

    /// <summary>Fetched by REST, or repeated from the server's history, after the fact.</summary>
    Backfill,
}
