using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Control;

/// <summary>What a room id may be: 1 to 128 printable characters without white space.</summary>
internal static class RoomIdRule
{
    public const int MaxLength = 128;

    /// <summary>Null when the id is fine, otherwise what to answer.</summary>
    public static CommandRejected? Check(string? roomId)
    {
        var problem = roomId switch
        {
            null or "" => "roomId is missing.",
            { Length: > MaxLength } => $"roomId has {roomId.Length} characters; the maximum is {MaxLength}.",
            _ when roomId.Any(character => char.IsWhiteSpace(character) || !IsPrintable(character)) =>
                "roomId contains white space or unprintable characters.",
            _ => null,
        };
        return problem is null
            ? null
            : new CommandRejected
            {
                Code = RejectionCodes.InvalidRoomId,
                Message = $"{problem} Give the id of the room at Eyeson: 1 to {MaxLength} printable characters without white space.",
            };
    }

    private static bool IsPrintable(char character) => char.GetUnicodeCategory(character) is not (
        System.Globalization.UnicodeCategory.Control
        or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.Surrogate
        or System.Globalization.UnicodeCategory.PrivateUse
        or System.Globalization.UnicodeCategory.OtherNotAssigned);
}
