using EyesonBridge.Cli;

namespace EyesonBridge.Tests.Cli;

/// <summary>A command that ran in this process, from the words of its command line to its exit code.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>The lines of its output.</summary>
    public IReadOnlyList<string> Lines => Output.TrimEnd('\n').Split('\n');

    /// <summary>Runs one without any environment variables.</summary>
    public static Task<CommandRun> OfAsync(params string[] arguments) => OfAsync(new Dictionary<string, string?>(StringComparer.Ordinal), arguments);

    /// <summary>Runs one.</summary>
    public static async Task<CommandRun> OfAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var errors = new StringWriter();
        var host = new CommandHost
        {
            Output = output,
            Error = errors,
            Environment = environment,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var exitCode = await CommandLine.RunAsync(arguments, host, TestContext.Current.CancellationToken);
        return new CommandRun(exitCode, output.ToString(), errors.ToString());
    }
}
