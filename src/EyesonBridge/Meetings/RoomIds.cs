using System.Globalization;
using System.Text;

namespace EyesonBridge.Meetings;

/// <summary>What a room id may be, whoever names it. It becomes a routing key, which holds 255 bytes.</summary>
internal static class RoomIds
{
    public const int MaxLength = 128;

    public const int MaxBytes = 255;

    /// <summary>The rule, for people.</summary>
    public static string Rule { get; } = string.Create(
        CultureInfo.InvariantCulture, $"1 to {MaxLength} printable characters without white space, at most {MaxBytes} bytes in UTF-8");

    /// <summary>What is wrong with an id; null when nothing is. It never repeats the id.</summary>
    public static string? Problem(string? roomId) => roomId switch
    {
        null or "" => "is missing",
        { Length: > MaxLength } => string.Create(CultureInfo.InvariantCulture, $"has {roomId.Length} characters; the maximum is {MaxLength}"),
        _ when roomId.Any(static character => char.IsWhiteSpace(character) || !IsPrintable(character)) => "contains white space or unprintable characters",
        _ when Encoding.UTF8.GetByteCount(roomId) is > MaxBytes and var bytes => string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes in UTF-8; the maximum is {MaxBytes}"),
        _ => null,
    };

    private static bool IsPrintable(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
