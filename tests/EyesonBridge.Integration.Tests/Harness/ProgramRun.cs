using EyesonBridge.Cli;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A command of the program, from its start to its end.</summary>
internal sealed record ProgramRun(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors, TimeSpan Took)
{
    public static async Task<ProgramRun> OfAsync(
        IReadOnlyDictionary<string, string> settings, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        await using var program = BridgeProcess.Start(settings, arguments);
        var exitCode = await program.WhenExitedAsync(cancellationToken);
        return new ProgramRun(exitCode, program.Output.Items, program.Errors.Items, TimeProvider.System.GetElapsedTime(startedAt));
    }

    /// <summary>The same in this process, which takes less time: all but the start of the program, and its signals.</summary>
    public static async Task<ProgramRun> HereAsync(
        IReadOnlyDictionary<string, string> settings, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var host = new CommandHost
        {
            Output = output,
            Error = errors,
            Environment = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.Ordinal),
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var exitCode = await CommandLine.RunAsync([.. arguments], host, cancellationToken);
        return new ProgramRun(exitCode, LinesOf(output), LinesOf(errors), TimeProvider.System.GetElapsedTime(startedAt));
    }

    /// <summary>That it failed with this exit code and one clear line; returns the line.</summary>
    public string AssertFailedWith(int exitCode)
    {
        Assert.True(exitCode == ExitCode, ToString());
        var line = Assert.Single(Errors);
        Assert.StartsWith("eyeson-bridge: ", line, StringComparison.Ordinal);
        Assert.Empty(Output);
        return line;
    }

    /// <summary>That it succeeded without a word on standard error.</summary>
    public ProgramRun AssertSucceeded()
    {
        Assert.True(ExitCode == 0 && Errors.Count == 0, ToString());
        return this;
    }

    private static string[] LinesOf(StringWriter text) => text.ToString() is { Length: > 0 } lines ? lines.TrimEnd('\n').Split('\n') : [];

    public override string ToString() => string.Join(Environment.NewLine, [$"exit code {ExitCode}", .. Output, .. Errors]);
}
