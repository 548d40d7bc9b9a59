namespace EyesonBridge.Contracts.V1;

/// <summary>The connection to the room was lost. The bridge is restoring it; until then events are missed.</summary>
/// <remarks>OccurredAt is the moment up to which everything was received.</remarks>
public sealed record ObservationInterrupted : RoomEvent, IObservationEvent
{
    /// <summary>What happened.</summary>
    public required InterruptionReason Reason { get; init; }

    /// <summary>More about it, such as the reason in the server's <c>disconnect</c> message; never a secret.</summary>
    public string? Detail { get; init; }
}
