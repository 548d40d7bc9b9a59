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

    public override string ToString() => string.Join(Environment.NewLine, [$"exit code {ExitCode}", .. Output, .. Errors]);
}
