using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Why a room cannot be observed.</summary>
/// <remarks>Serialized as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<ObservationRejectionReason>))]
public enum ObservationRejectionReason
{
    /// <summary>Eyeson rejects the API key of the account (<c>GET /rooms</c> says so).</summary>
    InvalidApiKey,

    /// <summary>The key is valid, but the room is not running: it has not started, has ended, or belongs to another key.</summary>
    RoomNotRunning,

    /// <summary>The account of the room is no longer configured.</summary>
    UnknownAccount,
}
