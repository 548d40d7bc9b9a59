using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;

namespace EyesonBridge.Control;

/// <summary>What to answer when a command names a room with an id that cannot be one.</summary>
internal static class RoomIdRule
{
    public const int MaxLength = RoomIds.MaxLength;

    /// <summary>Null when the id is fine, otherwise what to answer.</summary>
    public static CommandRejected? Check(string? roomId) => RoomIds.Problem(roomId) is { } problem
        ? new CommandRejected
        {
            Code = RejectionCodes.InvalidRoomId,
            Message = $"roomId {problem}. Give the id of the room at Eyeson: {RoomIds.Rule}.",
        }
        : null;
}
