using System.Globalization;
using Microsoft.Extensions.Logging.Console;

namespace EyesonBridge.Hosting;

/// <summary>What of the settings for logs cannot be used. Those who read them later would end with a stack trace, or do something else in silence.</summary>
internal static class LoggingSettings
{
    /// <summary>How many messages may wait to be printed.</summary>
    public const string MaxQueueLength = $"{Console}:{nameof(ConsoleLoggerOptions.MaxQueueLength)}";

    /// <summary>What becomes of a message for which there is no room.</summary>
    public const string QueueFullMode = $"{Console}:{nameof(ConsoleLoggerOptions.QueueFullMode)}";

    /// <summary>How messages are printed.</summary>
    public const string FormatterName = $"{Console}:{nameof(ConsoleLoggerOptions.FormatterName)}";

    private const string Section = "Logging";
    private const string Levels = "LogLevel";
    private const string Console = $"{Section}:Console";

    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    /// <summary>What is wrong, each naming its setting; empty when all is well.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration) =>
    [
        .. configuration.GetSection(Section).GetChildren().SelectMany(LevelsIn).Where(static level => !Is<LogLevel>(level.Value)).Select(static level => OneOf(level.Path, Enum.GetNames<LogLevel>())),
        .. Problem(configuration, MaxQueueLength, IsLength, static setting => $"{setting} must be a whole number, 1 or more."),
        .. Problem(configuration, QueueFullMode, Is<ConsoleLoggerQueueFullMode>, static setting => OneOf(setting, Enum.GetNames<ConsoleLoggerQueueFullMode>())),
        .. Problem(configuration, FormatterName, IsFormatter, static setting => OneOf(setting, Formatters)),
    ];

    /// <summary>The levels of all, or those of one way that logs take.</summary>
    private static IEnumerable<IConfigurationSection> LevelsIn(IConfigurationSection section) =>
        (string.Equals(section.Key, Levels, StringComparison.OrdinalIgnoreCase) ? section : section.GetSection(Levels)).GetChildren();

    private static string[] Problem(IConfiguration configuration, string setting, Func<string?, bool> isRight, Func<string, string> describe) =>
        isRight(configuration[setting]) ? [] : [describe(setting)];

    private static bool Is<TEnum>(string? value)
        where TEnum : struct, Enum => string.IsNullOrEmpty(value) || Enum.TryParse<TEnum>(value, ignoreCase: true, out _);

    private static bool IsLength(string? value) =>
        string.IsNullOrEmpty(value) || (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0);

    private static bool IsFormatter(string? value) => string.IsNullOrEmpty(value) || Formatters.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static string OneOf(string setting, IEnumerable<string> values) => $"{setting} must be one of: {string.Join(", ", values)}.";
}
