using System.Text.RegularExpressions;

namespace EyesonBridge.Cli.Configuration;

/// <summary>Leaves out of a setting what nobody may see: keys, the passwords of addresses and connection strings.</summary>
internal static partial class SettingMask
{
    private const string Blank = "***";

    private static readonly string[] Secrets = ["ApiKey", "Password", "Secret", "Token", "HEADERS"];

    /// <summary>The value to show, and whether something was left out.</summary>
    public static (string? Shown, bool IsSecret) Of(string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return (value, false);

        if (Secrets.Any(secret => name.EndsWith(secret, StringComparison.OrdinalIgnoreCase)))
            return (Blank, true);

        var shown = Address().Replace(value, static match => $"{match.Groups["scheme"].Value}{User(match.Groups["user"].Value)}@");
        shown = Query().Replace(shown, $"${{address}}?{Blank}");
        shown = Password().Replace(shown, $"${{name}}{Blank}");
        return (shown, !string.Equals(shown, value, StringComparison.Ordinal));
    }

    /// <summary>Of a setting that is none: mistyped, it may be any secret.</summary>
    public static (string? Shown, bool IsSecret) OfUnknown(string? value) => string.IsNullOrEmpty(value) ? (value, false) : (Blank, true);

    /// <summary>A user without password can be a token; so only the name before a password is shown.</summary>
    private static string User(string userInfo) =>
        userInfo.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? $"{userInfo[..colon]}:{Blank}" : Blank;

    // Up to the last '@': a password that nobody escaped may hold one.
    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+.-]*://)(?<user>[^\s]*)@", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<address>[a-z][a-z0-9+.-]*://[^\s?]*)\?\S+", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();

    [GeneratedRegex("""(?<name>\b(?:(?:ssl ?)?password|pwd|psw|passfile)\s*=\s*)("[^"]*"|'[^']*'|[^;]+)""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Password();
}
