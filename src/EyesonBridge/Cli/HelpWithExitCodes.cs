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
        // One line for each command below: its own help has the rest.
        var commands = parseResult.CommandResult.Command.Subcommands.Where(static command => !command.Hidden).ToList();
        foreach (var command in commands)
            command.Description = Words.FirstSentence(command.Description);
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (commands.Count > 0)
        {
            output.WriteLine("Each command has --help, with an example.");
            output.WriteLine();
        }

        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCodes.Meanings)
            output.WriteLine($"  {code,-3}  {meaning}");
        output.WriteLine();
        return exitCode;
    }
}
