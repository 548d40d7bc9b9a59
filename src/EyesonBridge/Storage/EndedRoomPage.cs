namespace EyesonBridge.Storage;

/// <summary>Some of the rooms that are over for long.</summary>
/// <param name="Rooms">Those that can be removed.</param>
/// <param name="Last">The last that was looked at; null when there was none.</param>
internal sealed record EndedRoomPage(IReadOnlyList<EndedRoom> Rooms, EndedRoom? Last);
