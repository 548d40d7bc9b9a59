using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EyesonBridge.Cli.Completion;
using EyesonBridge.Cli.Configuration;
using EyesonBridge.Cli.Demo;

namespace EyesonBridge.Cli;

/// <summary>The program's commands.</summary>
internal static class CommandLine
{
    /// <summary>Runs the command of the process.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, CommandHost.OfProcess(), CancellationToken.None);

    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CommandHost host, CancellationToken cancellationToken)
    {
        ParseResult parsed;
        try
        {
            parsed = Create().Parse(args);
        }
        catch (UnauthorizedAccessException denied)
        {
            Problems.Tell(host.Error, $"{denied.Message} An argument that begins with '@' names a file with arguments.");
            return ExitCodes.Usage;
        }

        if (parsed.Action is ParseErrorAction || Problems.OptionTakenForArgument(parsed, args) is not null)
            return Problems.TellUsage(host.Error, parsed, args);

        if (host.ProcessTerminationTimeout is not null && parsed.CommandResult.Command is RootCommand or { Name: RunCommand.Name or DemoCommand.Name })
            host.ProcessTerminationTimeout = Timeout.InfiniteTimeSpan; // the host decides how long an orderly end takes
        return await parsed.InvokeAsync(host, cancellationToken);
    }

    /// <summary>All commands and options.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Observes Eyeson meetings and publishes what happens in them to RabbitMQ. Without a command, runs the bridge.")
        {
            RunCommand.Create(),
            ObserveCommand.Create(),
            StopCommand.Create(),
            ListCommand.Create(),
            TailCommand.Create(),
            PermalinkCommand.Create(),
            WebhookCommand.Create(),
            RoomsCommand.Create(),
            DoctorCommand.Create(),
            StoreCommand.Create(),
            SchemaCommand.Create(),
            DemoCommand.Create(),
            ConfigCommand.Create(),
            CompletionCommand.Create(),
        };
        GlobalOptions.AddTo(root);
        root.Serves((context, cancellationToken) => RunCommand.RunAsync(context, cancellationToken));
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        ProgramName.ApplyTo(root);
        return root;
    }
}
