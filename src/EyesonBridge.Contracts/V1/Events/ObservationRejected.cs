namespace EyesonBridge.Contracts.V1;

/// <summary>The room cannot be observed.</summary>
public sealed record ObservationRejected : RoomEvent, IObservationEvent
{
    /// <summary>The reason.</summary>
    public required ObservationRejectionReason Reason { get; init; }

    /// <summary>What is wrong and what to do, for people.</summary>
    public required string Message { get; init; }
}
