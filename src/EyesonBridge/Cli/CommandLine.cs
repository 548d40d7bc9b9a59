using System.CommandLine;
using System.CommandLine.Invocation;
using EyesonBridge.Cli.Demo;
using EyesonBridge.Hosting;
using EyesonBridge.Storage;
using RabbitMQ.Client.Exceptions;
using MassTransitException = MassTransit.MassTransitException;

namespace EyesonBridge.Cli;

/// <summary>The program's commands.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
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
        };
        root.Does((_, cancellationToken) => RunCommand.RunAsync(cancellationToken));
        ProgramName.ApplyTo(root);
        var parsed = root.Parse(args);
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = Timeout.InfiniteTimeSpan, // the host, or the command, decides how long an orderly end takes
        });
        return parsed.Action is ParseErrorAction ? ExitCodes.Usage : exitCode;
    }

    /// <summary>Runs a command; what goes wrong for a known reason is told in one line.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> command, CancellationToken cancellationToken)
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
        catch (Exception refused) when (refused is MassTransitException or OperationInterruptedException)
        {
            return Tell($"The broker broke off the command: {Innermost(refused).Message} eyeson-bridge doctor says what is wrong.", ExitCodes.Failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private static int Tell(string message, int exitCode)
    {
        foreach (var line in message.Split(Environment.NewLine))
            Console.Error.WriteLine($"eyeson-bridge: {line}");
        return exitCode;
    }
}
