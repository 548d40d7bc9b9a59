namespace EyesonBridge.Contracts.V1;

/// <summary>Asks the bridge to stop observing a room. Idempotent.</summary>
/// <remarks>Answered by <see cref="ObservationStopped"/> or <see cref="CommandRejected"/> when sent as a request.</remarks>
public sealed record StopObservingRoom
{
    /// <summary>Id of the room at Eyeson.</summary>
    public required string RoomId { get; init; }
}
