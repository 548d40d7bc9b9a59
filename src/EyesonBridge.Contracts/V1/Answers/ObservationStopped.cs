namespace EyesonBridge.Contracts.V1;

/// <summary>The room is registered no longer.</summary>
public sealed record ObservationStopped
{
    /// <summary>Id of the room at Eyeson.</summary>
    public required string RoomId { get; init; }

    /// <summary>False when it had not been registered, so that nothing changed.</summary>
    public required bool WasRegistered { get; init; }
}
