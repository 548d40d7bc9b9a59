using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>What commands do once their arguments are understood. Each ends in an exit code, as <see cref="CommandGuard"/> gives it.</summary>
internal static class CommandActions
{
    /// <summary>The command is this work. It ends when nobody reads its output any more.</summary>
    public static Command Does(this Command command, Func<CommandContext, CancellationToken, Task<int>> work) => command.Does(work, orInput: false);

    /// <summary>The command is this work, which reads nothing. It ends when nobody reads its output any more, or its input was closed.</summary>
    public static Command DoesUntilLeft(this Command command, Func<CommandContext, CancellationToken, Task<int>> work) => command.Does(work, orInput: true);

    /// <summary>The command is this work, whoever reads its output.</summary>
    public static Command Serves(this Command command, Func<CommandContext, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, cancellationToken) =>
            CommandGuard.RunAsync((CommandHost)parsed.InvocationConfiguration, () => work(new CommandContext(parsed), cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>The command asks the running bridge, over its control queue.</summary>
    public static Command AsksBridge(this Command command, Func<ControlClient, CommandContext, CancellationToken, Task> ask) =>
        command.Does(async (context, cancellationToken) =>
        {
            await using var bridge = await ControlClient.ConnectAsync(context.Settings, cancellationToken);
            await ask(bridge, context, cancellationToken);
            return ExitCodes.Success;
        });

    /// <summary>The command asks Eyeson itself, with the settings of the bridge.</summary>
    public static Command AsksEyeson(this Command command, Func<EyesonAccess, CommandContext, CancellationToken, Task> ask) =>
        command.Does(async (context, cancellationToken) =>
        {
            using var eyeson = EyesonAccess.Open(context.Settings);
            await ask(eyeson, context, cancellationToken);
            return ExitCodes.Success;
        });

    private static Command Does(this Command command, Func<CommandContext, CancellationToken, Task<int>> work, bool orInput)
    {
        command.SetAction((parsed, cancellationToken) => CommandGuard.RunForReaderAsync(
            (CommandHost)parsed.InvocationConfiguration, cancelled => work(new CommandContext(parsed), cancelled), orInput, cancellationToken));
        return command;
    }
}
