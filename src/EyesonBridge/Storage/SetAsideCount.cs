namespace EyesonBridge.Storage;

/// <summary>What of a room does not go on by itself.</summary>
/// <param name="RoomId">Id of the room.</param>
/// <param name="Part">One of <see cref="RoomParts"/>, or <see cref="Skipped"/>.</param>
/// <param name="Count">How many rows.</param>
internal sealed record SetAsideCount(string RoomId, string Part, long Count)
{
    /// <summary>Events that a command skipped.</summary>
    public const string Skipped = "skipped";
}
