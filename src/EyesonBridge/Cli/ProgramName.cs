using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace EyesonBridge.Cli;

/// <summary>What people call the program, whatever its file is called.</summary>
internal static class ProgramName
{
    /// <summary>The command that the tool, the image and the documentation have.</summary>
    public const string Command = "eyeson-bridge";

    /// <summary>Makes help and version use that name. Comes after whatever else is done to them.</summary>
    public static void ApplyTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new NamedHelp((SynchronousCommandLineAction)help.Action!);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction();
    }
}
