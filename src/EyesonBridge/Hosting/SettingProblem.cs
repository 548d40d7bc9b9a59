using System.Text.RegularExpressions;

namespace EyesonBridge.Hosting;

/// <summary>A setting that cannot be read as what it should be, in words for who writes settings.</summary>
internal static partial class SettingProblem
{
    /// <summary>What is wrong, from what the reader of settings says; that never names its value, which can be a secret.</summary>
    /// <param name="unreadable">What the reader of settings threw.</param>
    /// <param name="options">What the section is read into: where the types of its settings are looked for.</param>
    public static string Describe(Exception unreadable, Type options)
    {
        var match = Failed().Match(unreadable.Message);
        return match.Success
            ? $"{match.Groups["path"].Value} must be {Wanted(match.Groups["type"].Value, options)}."
            : unreadable.GetBaseException().Message;
    }

    private static string Wanted(string typeName, Type options)
    {
        var name = NullableOf().Match(typeName) is { Success: true } nullable ? nullable.Groups["type"].Value : typeName;
        var type = options.GetProperties().Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .FirstOrDefault(type => string.Equals(type.FullName, name, StringComparison.Ordinal));
        if (type is { IsEnum: true })
            return $"one of: {string.Join(", ", Enum.GetNames(type))}";

        return name switch
        {
            "System.Boolean" => "true or false",
            "System.Int32" or "System.Int64" => "a whole number",
            "System.Double" => "a number, such as 2.5",
            "System.TimeSpan" => "a duration, such as 00:00:30",
            "System.Uri" => "an address",
            _ => "a value of its type",
        };
    }

    [GeneratedRegex("at '(?<path>[^']+)' to type '(?<type>[^']+)'", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Failed();

    [GeneratedRegex(@"^System\.Nullable`1\[(?<type>[^\]]+)\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NullableOf();
}
