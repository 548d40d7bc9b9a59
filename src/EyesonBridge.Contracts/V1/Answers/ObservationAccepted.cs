namespace EyesonBridge.Contracts.V1;

/// <summary>The room is registered and will be observed.</summary>
public sealed record ObservationAccepted
{
    /// <summary>Id of the room at Eyeson.</summary>
    public required string RoomId { get; init; }

    /// <summary>Name of the account whose API key is used.</summary>
    public required string Account { get; init; }

    /// <summary>Current status of the observation.</summary>
    public required ObservationStatus Status { get; init; }

    /// <summary>True when the room was already registered; the command changed at most how long to wait for it.</summary>
    public required bool AlreadyRegistered { get; init; }
}
