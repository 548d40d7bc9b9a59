using System.Text.RegularExpressions;

namespace EyesonBridge.Meetings;

/// <summary>Blanks out keys, tokens and signed URLs in a text of the wire that is passed on unread.</summary>
internal static partial class SecretScrubber
{
    private const string Blank = "***";

    public static string Scrub(string text) =>
        SignedQuery().Replace(SecretMember().Replace(text, $"${{name}}{Blank}"), $"${{address}}{Blank}");

    /// <summary>A member whose name says that it is a secret; its value as a string, whole or cut off.</summary>
    [GeneratedRegex(
        """(?<name>"(?:[a-z_]*token|access_?key|api_?key|authorization|secret|password|download)"\s*:\s*")(?:[^"\\]|\\.)*""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SecretMember();

    /// <summary>The query of a URL that is signed, or carries a key.</summary>
    [GeneratedRegex(
        """(?<address>https?:[^\s"?]*\?)[^\s"]*(?:X-Amz-|signature|token|api_key|access_key)[^\s"]*""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SignedQuery();
}
