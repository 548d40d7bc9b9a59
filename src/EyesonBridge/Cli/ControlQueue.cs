using EyesonBridge.Bus;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli;

/// <summary>The control queue, as a command finds it at the broker.</summary>
internal static class ControlQueue
{
    private const ushort NotFound = 404;

    /// <summary>How many bridges read it; null when it is not there.</summary>
    /// <exception cref="CommandFailure">The broker cannot be asked.</exception>
    public static Task<uint?> CountReadersAsync(CliBroker broker, CancellationToken cancellationToken) =>
        BrokerProbe.AskAsync(broker, (connection, cancelled) => CountReadersAsync(connection, broker.Options.ControlQueue, cancelled), cancellationToken);

    /// <summary>Declares it when it is not there: what is sent before a bridge has ever run would go nowhere.</summary>
    /// <returns>Whether a bridge reads it.</returns>
    /// <exception cref="CommandFailure">It cannot be declared.</exception>
    public static Task<bool> RequireAsync(CliBroker broker, CancellationToken cancellationToken) =>
        BrokerProbe.AskAsync(
            broker,
            async (connection, cancelled) =>
            {
                if (await CountReadersAsync(connection, broker.Options.ControlQueue, cancelled) is { } readers)
                    return readers > 0;

                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancelled);
                await ControlQueueForm.DeclareAsync(channel, broker.Options.ControlQueue, cancelled);
                return false;
            },
            cancellationToken);

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
