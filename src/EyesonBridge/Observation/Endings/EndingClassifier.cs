using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Observation.Endings;

/// <summary>Reduces the ending of a connection to what the policy knows.</summary>
internal static class EndingClassifier
{
    public static ObservationEnding Classify(CableEnding ending) => ending.Kind switch
    {
        CableEndingKind.Disconnected when string.Equals(ending.Reason, "unauthorized", StringComparison.Ordinal) => ObservationEnding.Refused,
        CableEndingKind.Disconnected when ending.Reconnect == false => ObservationEnding.ServerFinal,
        CableEndingKind.Disconnected => ObservationEnding.ServerDisconnected,
        CableEndingKind.UpgradeRefused when ending.HttpStatus is 401 or 403 or 404 => ObservationEnding.Refused,
        CableEndingKind.SubscriptionRejected => ObservationEnding.SubscriptionRejected,
        CableEndingKind.Closed => ObservationEnding.ServerClosed,
        CableEndingKind.Reset or CableEndingKind.ProtocolViolation => ObservationEnding.ConnectionLost,
        CableEndingKind.Finished => ObservationEnding.MeetingShutdown,
        CableEndingKind.Silent => ObservationEnding.Silent,
        _ => ObservationEnding.HandshakeFailed,
    };
}
