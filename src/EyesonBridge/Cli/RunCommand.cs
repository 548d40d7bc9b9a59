using System.CommandLine;
using EyesonBridge.Hosting;

namespace EyesonBridge.Cli;

/// <summary><c>run</c>: the bridge itself.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    public static Command Create() =>
        new Command(Name, """
            Runs the bridge until it is stopped (SIGTERM or Ctrl+C).

            Example:
              Eyeson__Accounts__default__ApiKey=… Bus__Url=amqp://guest:guest@localhost:5672 eyeson-bridge run
            """).Serves(RunAsync);

    public static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            await using var bridge = await RunningBridge.StartAsync(context.Settings.Layers.Arguments, cancellationToken);
            await bridge.WhenStoppedAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop while it started: that is what it does.
        }

        return ExitCodes.Success;
    }
}
