using System.Collections;
using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>Where a command runs: what it reads and writes, its environment, and who looks on.</summary>
internal sealed class CommandHost : InvocationConfiguration
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(3);

    /// <summary>Standard input.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>True when a person types what is read.</summary>
    public bool IsTyped { get; init; }

    /// <summary>True when what is written may have colours.</summary>
    public bool HasColors { get; init; }

    /// <summary>The environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Completes when nobody reads standard output any more, or, if asked to say that too, when standard input was closed. For the commands that then end.
    /// </summary>
    public Func<bool, Task> WhenReaderGone { get; init; } = static _ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>That of this process.</summary>
    public static CommandHost OfProcess()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value, StringComparer.Ordinal);
        return new CommandHost
        {
            Output = Console.Out,
            Error = Console.Error,
            Input = Console.In,
            IsTyped = !Console.IsInputRedirected,
            HasColors = AllowsColors(environment, Console.IsOutputRedirected),
            Environment = environment,
            WhenReaderGone = StandardOutput.WhenReaderGoneAsync,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = EndWithin,
        };
    }

    /// <summary>Colours are for terminals that have them, unless <c>NO_COLOR</c> is set to anything (no-color.org).</summary>
    public static bool AllowsColors(IReadOnlyDictionary<string, string?> environment, bool isRedirected) =>
        !isRedirected
        && string.IsNullOrEmpty(environment.GetValueOrDefault("NO_COLOR"))
        && environment.GetValueOrDefault("TERM") is not "dumb";
}
