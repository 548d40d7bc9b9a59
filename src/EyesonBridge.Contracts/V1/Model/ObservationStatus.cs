using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Status of a room's observation.</summary>
/// <remarks>Serialized as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<ObservationStatus>))]
public enum ObservationStatus
{
    /// <summary>Registered; connecting has not begun, or the room is not running yet and is retried slowly.</summary>
    Waiting,

    /// <summary>A connection is being opened for the first time.</summary>
    Connecting,

    /// <summary>The room is subscribed; its events arrive.</summary>
    Observing,

    /// <summary>The connection was lost after the room had been observed; it is being restored.</summary>
    Interrupted,

    /// <summary>Over: the meeting ended, or the observation is no longer requested.</summary>
    Ended,

    /// <summary>Over: Eyeson rejected the key, or the room is not running.</summary>
    Rejected,
}
