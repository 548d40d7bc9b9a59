using System.Globalization;

namespace EyesonBridge.Cli.Configuration.Reference;

/// <summary>How values of settings are written, and which go.</summary>
internal static class SettingForm
{
    private const string Largest = "9223372036854775807";

    /// <summary>A value as it is written in <c>appsettings.json</c> and in the environment; null for none.</summary>
    public static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IEnumerable => null,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>What kind of value a setting has, with its unit and its limits, for people.</summary>
    public static string Describe(SettingEntry setting)
    {
        var kind = Kind(setting);
        return Limits(setting) is { } limits ? $"{kind}, {limits}" : kind;
    }

    /// <summary>From what to what; null without limits.</summary>
    public static string? Limits(SettingEntry setting) => setting.Range switch
    {
        null => null,
        { Maximum: var most, Minimum: var least } range when IsLargest(most) => $"at least {Limit(least, range.OperandType)}",
        { MinimumIsExclusive: true } range => $"more than {Limit(range.Minimum, range.OperandType)}, at most {Limit(range.Maximum, range.OperandType)}",
        var range => $"{Limit(range.Minimum, range.OperandType)} to {Limit(range.Maximum, range.OperandType)}",
    };

    private static string Kind(SettingEntry setting)
    {
        var name = setting.Property.Name;
        return setting.Type switch
        {
            var type when type == typeof(TimeSpan) => "duration",
            var type when type == typeof(bool) => "`true` or `false`",
            { IsEnum: true } type => string.Join(", ", type.GetEnumNames().Select(static value => $"`{value}`")),
            var type when type == typeof(int) || type == typeof(long) => name switch
            {
                _ when name.EndsWith("Bytes", StringComparison.Ordinal) => "bytes",
                _ when name.EndsWith("PerSecond", StringComparison.Ordinal) => "number a second",
                _ => "number",
            },
            _ when setting.IsList => "list of names: `…__0`, `…__1`",
            _ when name.EndsWith("File", StringComparison.Ordinal) => "path",
            _ when name.EndsWith("Url", StringComparison.Ordinal) => "address",
            _ => "text",
        };
    }

    private static string Limit(object limit, Type type)
    {
        var text = Convert.ToString(limit, CultureInfo.InvariantCulture)!;
        return type == typeof(TimeSpan) ? $"`{text}`" : long.Parse(text, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture);
    }

    private static bool IsLargest(object limit) =>
        limit is Largest or TimeSpan { Ticks: long.MaxValue } or long.MaxValue || string.Equals(Convert.ToString(limit, CultureInfo.InvariantCulture), TimeSpan.MaxValue.ToString("c", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
