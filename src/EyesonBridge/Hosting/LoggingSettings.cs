using System.Globalization;
using Microsoft.Extensions.Logging.Console;

namespace EyesonBridge.Hosting;

/// <summary>
/// The settings for logs. What of them cannot be used is told with all other mistakes: the framework, which reads them later, would
/// end with a stack trace, or do something else in silence.
/// </summary>
internal static class LoggingSettings
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";
    private const string Console = $"{Section}:Console";
    private const string Format = $"{Console}:FormatterOptions";
    private const string FormatterName = $"{Console}:{nameof(ConsoleLoggerOptions.FormatterName)}";
    private const string MaxQueueLength = $"{Console}:{nameof(ConsoleLoggerOptions.MaxQueueLength)}";
    private const string QueueFullMode = $"{Console}:{nameof(ConsoleLoggerOptions.QueueFullMode)}";

    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    private static readonly string[] Switches =
    [
        $"{Console}:DisableColors",
        $"{Console}:IncludeScopes",
        $"{Console}:UseUtcTimestamp",
        $"{Format}:{nameof(SimpleConsoleFormatterOptions.IncludeScopes)}",
        $"{Format}:{nameof(SimpleConsoleFormatterOptions.SingleLine)}",
        $"{Format}:{nameof(SimpleConsoleFormatterOptions.UseUtcTimestamp)}",
    ];

    /// <summary>What is wrong, each naming its setting; empty when all is well. A setting that is empty counts as not set.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration) =>
    [
        .. configuration.GetSection(Section).GetChildren().SelectMany(LevelsIn).SelectMany(level => NotOneOf<LogLevel>(configuration, level)),
        .. NotOneOf<LogLevel>(configuration, $"{Console}:{nameof(ConsoleLoggerOptions.LogToStandardErrorThreshold)}"),
        .. NotOneOf<ConsoleLoggerQueueFullMode>(configuration, QueueFullMode),
        .. NotOneOf<LoggerColorBehavior>(configuration, $"{Format}:{nameof(SimpleConsoleFormatterOptions.ColorBehavior)}"),
        .. Wrong(configuration, FormatterName, static name => Formatters.Contains(name, StringComparer.OrdinalIgnoreCase), OneOf(Formatters)),
        .. Wrong(configuration, MaxQueueLength, static length => IsLength(length, out _), "a whole number, 1 or more"),
        .. Switches.SelectMany(setting => Wrong(configuration, setting, static value => bool.TryParse(value, out _), "true or false")),
    ];

    /// <summary>The format that is asked for by name; null when none is.</summary>
    public static string? FormatterOf(IConfiguration configuration) => configuration[FormatterName] is { Length: > 0 } name ? name : null;

    /// <summary>How many messages may wait to be printed; null when nothing is said.</summary>
    public static int? MaxQueueLengthOf(IConfiguration configuration) => IsLength(configuration[MaxQueueLength], out var length) ? length : null;

    /// <summary>What becomes of a message for which there is no room; null when nothing is said.</summary>
    public static ConsoleLoggerQueueFullMode? QueueFullModeOf(IConfiguration configuration) =>
        Is<ConsoleLoggerQueueFullMode>(configuration[QueueFullMode], out var mode) ? mode : null;

    /// <summary>The settings of the levels of all, or those of one way that logs take. The framework reads them in any depth.</summary>
    private static IEnumerable<string> LevelsIn(IConfigurationSection section)
    {
        var levels = string.Equals(section.Key, Levels, StringComparison.OrdinalIgnoreCase) ? section : section.GetSection(Levels);
        return levels.GetChildren().SelectMany(static level => level.AsEnumerable()).Select(static level => level.Key);
    }

    private static IEnumerable<string> NotOneOf<TEnum>(IConfiguration configuration, string setting)
        where TEnum : struct, Enum =>
        Wrong(configuration, setting, static value => Is<TEnum>(value, out _), OneOf(Enum.GetNames<TEnum>()));

    private static IEnumerable<string> Wrong(IConfiguration configuration, string setting, Func<string, bool> isRight, string wanted) =>
        configuration[setting] is { Length: > 0 } value && !isRight(value) ? [$"{setting} must be {wanted}."] : [];

    private static bool Is<TEnum>(string? value, out TEnum found)
        where TEnum : struct, Enum => Enum.TryParse(value, ignoreCase: true, out found) && Enum.IsDefined(found);

    private static bool IsLength(string? value, out int length) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length > 0;

    private static string OneOf(IEnumerable<string> values) => $"one of: {string.Join(", ", values)}";
}
