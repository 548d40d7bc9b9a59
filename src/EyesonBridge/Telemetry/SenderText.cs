using System.Globalization;

namespace EyesonBridge.Telemetry;

/// <summary>
/// Text that somebody else wrote, for a line of the log: on one line, and no longer than a line should be. Otherwise a sender
/// could fill the log, or write lines into it that look like the bridge's.
/// </summary>
internal static class SenderText
{
    private const int Longest = 200;

    /// <summary>The text as it can be logged.</summary>
    public static string? Cut(string? text)
    {
        if (text is null || (text.Length <= Longest && !text.Any(IsUnfit)))
            return text;

        var cut = text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");
        return string.Create(cut.Length, cut, static (line, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                line[index] = IsUnfit(source[index]) ? ' ' : source[index];
        });
    }

    /// <summary>Control characters, and those that turn the direction of the line around them.</summary>
    private static bool IsUnfit(char character) =>
        char.IsControl(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
