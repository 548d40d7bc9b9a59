using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Where the observation of a room stands.</summary>
/// <remarks>Travels as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<ObservationStatus>))]
public enum ObservationStatus
{
    /// <summary>Registered; nobody has begun to connect, or the room is not running yet and is tried again slowly.</summary>
    Waiting,

    /// <summary>A connection is being opened for the first time.</summary>
    Connecting,

    /// <summary>The room is subscribed; its events arrive.</summary>
    Observing,

    /// <summary>The connection was lost after the room had been observed; it is being restored.</summary>
    Interrupted,

    /// <summary>Over: the meeting ended, or nobody wants the room any more.</summary>
    Ended,

    /// <summary>Over: Eyeson refused the key, or the room is not running.</summary>
    Rejected,
}
