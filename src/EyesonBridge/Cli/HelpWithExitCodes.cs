using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EyesonBridge.Cli;

/// <summary><c>--help</c>, with what the exit codes mean.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCodes.Meanings)
            output.WriteLine($"  {code,-3}  {meaning}");
        output.WriteLine();
        return exitCode;
    }
}
