using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace EyesonBridge.Cli;

/// <summary>Options that every command takes: settings for it alone.</summary>
internal static class GlobalOptions
{
    public const string BusUrl = "--bus-url";
    public const string ControlQueue = "--control-queue";
    public const string Timeout = "--timeout";

    private const double MaxSeconds = 3600;

    /// <summary>The settings that an option is given for, by the name of the option.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [BusUrl] = "Bus:Url",
        [ControlQueue] = "Bus:ControlQueue",
    };

    /// <summary>Adds them.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Add(new Option<string?>(BusUrl)
        {
            Description = "The broker, instead of Bus:Url. It holds a password: '@FILE' reads it from a file; as an argument, other users of the machine can see it.",
            HelpName = "URL",
            Recursive = true,
        });
        root.Add(new Option<string?>(ControlQueue) { Description = "Queue for commands, instead of Bus:ControlQueue.", HelpName = "NAME", Recursive = true });
        root.Add(new Option<double?>(Timeout)
        {
            Description = "Seconds to wait for each answer: of the broker and the bridge (5 if omitted), and of Eyeson (10).",
            HelpName = "SECONDS",
            Recursive = true,
            CustomParser = Seconds,
        });
    }

    /// <summary>What was given for one of them; null when nothing was.</summary>
    public static string? TextOf(ParseResult parsed, string name) => parsed.GetValue(Find<string?>(parsed, name));

    /// <summary>How long to wait for each answer; null when it was not said.</summary>
    public static TimeSpan? TimeoutOf(ParseResult parsed) =>
        parsed.GetValue(Find<double?>(parsed, Timeout)) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static Option<T> Find<T>(ParseResult parsed, string name) =>
        parsed.RootCommandResult.Command.Options.OfType<Option<T>>().Single(option => string.Equals(option.Name, name, StringComparison.Ordinal));

    private static double? Seconds(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= MaxSeconds)
            return seconds;

        given.AddError($"{Timeout} must be a number of seconds above 0 and at most {MaxSeconds}, not '{text}'.");
        return null;
    }
}
