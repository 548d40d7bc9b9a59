using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EyesonBridge.Cli;

/// <summary><c>--version</c>: what a report of a problem needs, in one line.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Version, commit and runtime. The compiler puts version and commit together, as in <c>1.2.3+4bf92f35</c>.</summary>
    public static string Describe(string informationalVersion)
    {
        var parts = informationalVersion.Split('+', 2);
        var commit = parts is [_, { Length: > 0 } known] ? known : "unknown";
        return $"{ProgramName.Command} {parts[0]} (commit {commit}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})";
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionAction).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        parseResult.InvocationConfiguration.Output.WriteLine(Describe(version));
        return ExitCodes.Success;
    }
}
