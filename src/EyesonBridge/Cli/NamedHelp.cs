using System.CommandLine;
using System.CommandLine.Invocation;

namespace EyesonBridge.Cli;

/// <summary><c>--help</c> with <see cref="ProgramName.Command"/>, where System.CommandLine writes the name of the file.</summary>
internal sealed class NamedHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var output = configuration.Output;
        using var written = new StringWriter();
        configuration.Output = written;
        try
        {
            return help.Invoke(parseResult);
        }
        finally
        {
            configuration.Output = output;
            output.Write(written.ToString().Replace($"  {RootCommand.ExecutableName} ", $"  {ProgramName.Command} ", StringComparison.Ordinal));
        }
    }
}
