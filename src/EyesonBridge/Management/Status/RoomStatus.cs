using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Management.Status;

/// <summary>A room as the status page shows it.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account whose key observes it.</param>
/// <param name="Status">Where the observation stands.</param>
/// <param name="Reason">The reason for that; null when there is none.</param>
/// <param name="Since">Since when.</param>
/// <param name="LastEventAt">When the last event was observed, or the room last heard by an earlier process.</param>
/// <param name="Events">How many events there were.</param>
/// <param name="Reconnects">How often it was tried to connect again, since this process owns the room.</param>
/// <param name="Lag">How long the oldest event has been waiting for the broker's confirm; zero when none waits.</param>
internal sealed record RoomStatus(
    string RoomId,
    string Account,
    ObservationStatus Status,
    string? Reason,
    DateTimeOffset Since,
    DateTimeOffset? LastEventAt,
    long Events,
    int Reconnects,
    TimeSpan Lag);
