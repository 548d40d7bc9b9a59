namespace EyesonBridge.Observation.Room;

/// <summary>A part of a room, as the store has it, cannot be read.</summary>
/// <param name="part">Which, one of <see cref="Storage.RoomParts"/>.</param>
/// <param name="reason">What is wrong with it.</param>
internal sealed class UnreadableRoomException(string part, Exception? reason = null) : Exception($"The column {part} of the room cannot be read.", reason)
{
    public string Part => part;
}
