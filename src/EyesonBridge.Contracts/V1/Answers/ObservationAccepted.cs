namespace EyesonBridge.Contracts.V1;

/// <summary>
/// The room is registered, and the bridge tries to observe it. Only with <see cref="Confirmed"/> is it certain that it does; if
/// it cannot, that is reported later as <see cref="ObservationRejected"/>.
/// </summary>
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

    /// <summary>
    /// To <see cref="ObserveRoom.Confirm"/>: true when the room is being observed, false when that was not certain in time (then
    /// <see cref="Status"/> says where it stands). Null when it was not asked for.
    /// </summary>
    public bool? Confirmed { get; init; }
}
