using System.CommandLine;

namespace EyesonBridge.Cli;

/// <summary>What commands do once their arguments are understood. Each ends in an exit code, as <see cref="CommandLine.GuardAsync"/> gives it.</summary>
internal static class CommandActions
{
    /// <summary>The command is this work.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction((parsed, cancellationToken) => CommandLine.GuardAsync(() => work(parsed, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>The command asks the running bridge, over its control queue.</summary>
    public static Command AsksBridge(this Command command, Func<ControlClient, ParseResult, CancellationToken, Task> ask) =>
        command.Does(async (parsed, cancellationToken) =>
        {
            await using var bridge = await ControlClient.ConnectAsync(cancellationToken);
            await ask(bridge, parsed, cancellationToken);
            return ExitCodes.Success;
        });

    /// <summary>The command asks Eyeson itself, with the settings of the bridge.</summary>
    public static Command AsksEyeson(this Command command, Func<EyesonAccess, ParseResult, CancellationToken, Task> ask) =>
        command.Does(async (parsed, cancellationToken) =>
        {
            using var eyeson = EyesonAccess.Open();
            await ask(eyeson, parsed, cancellationToken);
            return ExitCodes.Success;
        });
}
