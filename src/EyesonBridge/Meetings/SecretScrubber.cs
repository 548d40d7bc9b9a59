using System.Text.Json;
using System.Text.RegularExpressions;

namespace EyesonBridge.Meetings;

/// <summary>
/// Blanks out keys, tokens and signed URLs in a text of the wire that is passed on unread, whole or cut off, and also in
/// JSON that is text inside JSON (<c>\"token\":\"…\"</c>). The query of every URL counts: Eyeson's own links carry guest
/// tokens and access keys there, some without a name.
/// </summary>
internal static partial class SecretScrubber
{
    private const string Blank = "***";
    private const int ShortestValue = 6;

    private const string SecretName =
        """\x22(?:[a-z0-9_-]*token|access[_-]?key|api[_-]?key|authorization|secret|password|download)""";

    public static string Scrub(string text) =>
        Query().Replace(Member().Replace(text, BlankValue), $"${{address}}{Blank}");

    /// <summary>
    /// Blanks out secrets by their value, whatever surrounds them, as they are and as JSON and addresses write them. At the end
    /// of a text that was cut off, the beginning of one is enough.
    /// </summary>
    public static string ScrubValues(string text, IReadOnlyList<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length < ShortestValue)
                continue; // it would blank out words that are none

            foreach (var written in (string[])[secret, JsonEncodedText.Encode(secret).Value, Uri.EscapeDataString(secret)])
                text = WithoutBeginning(text.Replace(written, Blank, StringComparison.Ordinal), written);
        }

        return text;
    }

    private static string WithoutBeginning(string text, string secret)
    {
        for (var length = Math.Min(secret.Length - 1, text.Length); length >= ShortestValue; length--)
        {
            if (text.EndsWith(secret[..length], StringComparison.Ordinal))
                return string.Concat(text.AsSpan(0, text.Length - length), Blank);
        }

        return text;
    }

    private static string BlankValue(Match match) =>
        match.Groups["bare"].Value is "null" or "true" or "false" ? match.Value : $"{match.Groups["name"].Value}{Blank}";

    /// <summary>A member whose name says that it is a secret; its value as a string, as a string inside a string, or bare.</summary>
    [GeneratedRegex(
        $$"""
        (?<name>{{SecretName}}\\*"\s*:\s*)(?<bare>[^\s"\\,:{}\[\]]+)
        |(?<name>{{SecretName}}"\s*:\s*")(?:[^"\\]|\\.)*
        |(?<name>{{SecretName}}\\+"\s*:\s*\\+")(?:[^"\\]|\\+[^"\\])*
        """,
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Member();

    [GeneratedRegex(
        """(?<address>(?:https?|wss?):[^\s"?]*\?)(?:[^\s"\\]|\\+[^\s"\\])+""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Query();
}
