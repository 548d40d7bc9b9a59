namespace EyesonBridge.Storage;

/// <summary>A room of which something may be left in the outbox that was not handed over.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="LastId">Position of its last entry; 0 for none.</param>
internal readonly record struct LeftRoom(string RoomId, long LastId);
