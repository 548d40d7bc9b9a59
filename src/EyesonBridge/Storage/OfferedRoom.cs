namespace EyesonBridge.Storage;

/// <summary>A room that another replica offers, and this one has accepted.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Account">Account whose key observes it.</param>
internal readonly record struct OfferedRoom(string RoomId, string Account);
