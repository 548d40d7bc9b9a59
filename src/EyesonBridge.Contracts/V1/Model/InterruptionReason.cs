using System.Text.Json.Serialization;

namespace EyesonBridge.Contracts.V1;

/// <summary>Why an observation was interrupted.</summary>
/// <remarks>Serialized as its name in camelCase.</remarks>
[JsonConverter(typeof(CamelCaseEnumConverter<InterruptionReason>))]
public enum InterruptionReason
{
    /// <summary>The connection broke without notice (reset, unreachable, end of stream).</summary>
    ConnectionLost,

    /// <summary>The server closed the socket without a reason.</summary>
    ServerClosed,

    /// <summary>The server sent a <c>disconnect</c> message; its reason is in the detail.</summary>
    ServerDisconnected,

    /// <summary>Nothing was received for 7 seconds, not even a ping.</summary>
    Silent,

    /// <summary>The bridge itself was stopped or crashed, and has restarted.</summary>
    BridgeRestarted,

    /// <summary>The store or the outbox was full, and the socket could not be read in time.</summary>
    BackPressure,

    /// <summary>Another replica took the room over.</summary>
    Handover,
}
