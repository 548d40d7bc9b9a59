namespace EyesonBridge.Storage;

/// <summary>A room under a lease, as its holder needs to know it to go on.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Account">Account whose key is to observe it.</param>
/// <param name="Epoch">Epoch of the lease.</param>
/// <param name="IsWanted">False when the observation is to be brought to an end.</param>
/// <param name="WaitUntil">Until when to wait for a room that is not running.</param>
/// <param name="Intent">Number of the last change of what is wanted of the room.</param>
internal sealed record HeldRoom(string RoomId, string Account, long Epoch, bool IsWanted, DateTimeOffset? WaitUntil, long Intent);
