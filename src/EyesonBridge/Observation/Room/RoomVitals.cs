using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Observation.Room;

/// <summary>How a room stands at this moment, from memory.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account whose key observes it.</param>
/// <param name="Status">Where the observation stands.</param>
/// <param name="LastEventAt">When the last event was observed; null when there was none since this process owns the room.</param>
/// <param name="Reconnects">How often it was tried to connect again, since this process owns the room.</param>
internal readonly record struct RoomVitals(
    string RoomId, string Account, ObservationStatus Status, DateTimeOffset? LastEventAt, int Reconnects);
