namespace EyesonBridge.Storage;

/// <summary>A room that this replica hands over, and has written its last of.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Epoch">At which epoch it is owned.</param>
/// <param name="Heard">What was heard since the offer; the successor gets it as <see cref="HandedRoom.Heard"/>.</param>
internal readonly record struct GivenRoom(string RoomId, long Epoch, byte[] Heard);
