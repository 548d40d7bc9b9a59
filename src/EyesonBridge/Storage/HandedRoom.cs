namespace EyesonBridge.Storage;

/// <summary>A room that was handed over to this replica.</summary>
/// <param name="Room">The room, which this replica owns now.</param>
/// <param name="Heard">What the former owner heard since it offered the room.</param>
/// <param name="Ago">How long ago it was handed over, by the database's clock.</param>
internal sealed record HandedRoom(RoomRow Room, ReadOnlyMemory<byte> Heard, TimeSpan Ago);
