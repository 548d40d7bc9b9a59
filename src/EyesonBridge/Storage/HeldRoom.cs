namespace EyesonBridge.Storage;

/// <summary>A room under a lease, as its holder needs to know it to go on.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Epoch">Epoch of the lease.</param>
/// <param name="IsWanted">False when the observation is to be brought to an end.</param>
/// <param name="WaitUntil">Until when to wait for a room that is not running.</param>
internal sealed record HeldRoom(string RoomId, long Epoch, bool IsWanted, DateTimeOffset? WaitUntil);
