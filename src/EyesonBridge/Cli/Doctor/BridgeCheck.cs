using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Tls;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether a bridge reads the control queue, and answers.</summary>
internal static class BridgeCheck
{
    private const ushort NotFound = 404;

    /// <exception cref="CommandFailure">One reads it and does not answer, or the broker cannot be asked.</exception>
    public static async Task<string> RunAsync(BusOptions options, CancellationToken cancellationToken)
    {
        if (options.Transport == BusTransport.InMemory)
            return "cannot be asked: its bus is in memory";

        var trust = new ServerTrust("the broker", "Bus:CaFile", options.CaFile, NullLogger.Instance);
        var readers = await BrokerProbe.AskAsync(options, trust, (connection, either) => CountReadersAsync(connection, options.ControlQueue, either), cancellationToken);
        if (readers is null)
            return $"has never run here: there is no queue '{options.ControlQueue}'";
        if (readers == 0)
            return $"is not running: nobody reads the queue '{options.ControlQueue}'";

        await using var bridge = await ControlClient.ConnectAsync(cancellationToken);
        var rooms = await bridge.RequestAsync<GetObservations, Observations>(new GetObservations { Limit = 1 }, cancellationToken);
        return $"answers; it knows {rooms.Total} rooms";
    }

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
