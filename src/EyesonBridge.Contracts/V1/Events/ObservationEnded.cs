namespace EyesonBridge.Contracts.V1;

/// <summary>The room is no longer observed.</summary>
public sealed record ObservationEnded : RoomEvent, IObservationEvent
{
    /// <summary>The reason.</summary>
    public required ObservationEndReason Reason { get; init; }
}
