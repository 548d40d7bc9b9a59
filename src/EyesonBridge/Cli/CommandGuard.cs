using EyesonBridge.Hosting;
using EyesonBridge.Storage;
using RabbitMQ.Client.Exceptions;
using MassTransitException = MassTransit.MassTransitException;

namespace EyesonBridge.Cli;

/// <summary>Runs commands; what goes wrong for a known reason is told in one line.</summary>
internal static class CommandGuard
{
    /// <summary>Runs a command, which is done when nobody reads its output any more.</summary>
    /// <param name="host">Where.</param>
    /// <param name="command">The command.</param>
    /// <param name="orInput">Whether it is also done when standard input, of which it reads nothing, was closed.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public static async Task<int> RunForReaderAsync(
        CommandHost host, Func<CancellationToken, Task<int>> command, bool orInput, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var gone = host.WhenReaderGone(orInput);
        _ = gone.ContinueWith(
            (_, source) => CancelUnlessDone((CancellationTokenSource)source!), either, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        var exitCode = await RunAsync(host, () => command(either.Token), either.Token);
        return exitCode == ExitCodes.Interrupted && gone.IsCompleted && !cancellationToken.IsCancellationRequested ? ExitCodes.Success : exitCode;
    }

    /// <summary>Runs a command.</summary>
    public static async Task<int> RunAsync(CommandHost host, Func<Task<int>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command();
        }
        catch (CommandFailure failure)
        {
            return Tell(failure.Message, failure.ExitCode);
        }
        catch (ConfigurationException wrong)
        {
            return Tell(string.Join(Environment.NewLine, wrong.Problems), ExitCodes.Usage);
        }
        catch (Exception failed) when (failed is StoreException or ListenException)
        {
            return Tell(failed.Message, ExitCodes.Failure);
        }
        catch (Exception refused) when (!cancellationToken.IsCancellationRequested && refused is MassTransitException or OperationInterruptedException)
        {
            return Tell($"The broker broke off the command: {Innermost(refused).Message} eyeson-bridge doctor says what is wrong.", ExitCodes.Failure);
        }
        catch (Exception interrupted) when (cancellationToken.IsCancellationRequested && interrupted is OperationCanceledException or MassTransitException or OperationInterruptedException)
        {
            return ExitCodes.Interrupted;
        }

        int Tell(string message, int exitCode)
        {
            Problems.Tell(host.Error, message.Split(Environment.NewLine));
            return exitCode;
        }
    }

    private static void CancelUnlessDone(CancellationTokenSource command)
    {
        try
        {
            command.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The command is done.
        }
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
