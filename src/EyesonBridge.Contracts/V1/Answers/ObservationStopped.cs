namespace EyesonBridge.Contracts.V1;

/// <summary>The room is no longer registered.</summary>
public sealed record ObservationStopped
{
    /// <summary>Id of the room at Eyeson.</summary>
    public required string RoomId { get; init; }

    /// <summary>False when it was not registered, so that nothing changed.</summary>
    public required bool WasRegistered { get; init; }
}
