using EyesonBridge.Bus;
using EyesonBridge.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli;

/// <summary>The control queue, as a command finds it at the broker.</summary>
internal static class ControlQueue
{
    private const ushort NotFound = 404;

    /// <summary>How many bridges read it; null when it is not there.</summary>
    /// <exception cref="CommandFailure">The broker cannot be asked.</exception>
    public static Task<uint?> CountReadersAsync(BusOptions options, CancellationToken cancellationToken) =>
        AskAsync(options, (connection, cancelled) => CountReadersAsync(connection, options.ControlQueue, cancelled), cancellationToken);

    /// <summary>Declares it when it is not there: what is sent before a bridge has ever run would go nowhere.</summary>
    /// <returns>Whether a bridge reads it.</returns>
    /// <exception cref="CommandFailure">It cannot be declared.</exception>
    public static Task<bool> RequireAsync(BusOptions options, CancellationToken cancellationToken) =>
        AskAsync(
            options,
            async (connection, cancelled) =>
            {
                if (await CountReadersAsync(connection, options.ControlQueue, cancelled) is { } readers)
                    return readers > 0;

                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancelled);
                await ControlQueueForm.DeclareAsync(channel, options.ControlQueue, cancelled);
                return false;
            },
            cancellationToken);

    private static Task<T> AskAsync<T>(BusOptions options, Func<IConnection, CancellationToken, Task<T>> ask, CancellationToken cancellationToken) =>
        BrokerProbe.AskAsync(
            options, new ServerTrust("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance), ask, cancellationToken);

    private static async Task<uint?> CountReadersAsync(IConnection connection, string queue, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, cancellationToken)).ConsumerCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason is { ReplyCode: NotFound })
        {
            return null;
        }
    }
}
