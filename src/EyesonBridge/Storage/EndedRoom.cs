namespace EyesonBridge.Storage;

/// <summary>A room whose observation is over and of which nothing is left to do.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Since">Since when it is over.</param>
/// <param name="Sequence">Number of its last event; another one since then means that there was more to do after all.</param>
internal sealed record EndedRoom(string RoomId, DateTimeOffset Since, long Sequence);
