using System.Text;
using System.Text.Json;
using EyesonBridge.Bus;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether a bridge reads the control queue, and answers.</summary>
internal static class BridgeCheck
{
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    /// <exception cref="CommandFailure">One reads it and does not answer, or the broker cannot be asked.</exception>
    public static async Task<string> RunAsync(CliBroker broker, CancellationToken cancellationToken)
    {
        var queue = broker.Options.ControlQueue;
        if (broker.Options.Transport == BusTransport.InMemory)
            return "cannot be asked: its bus is in memory";

        var readers = await ControlQueue.CountReadersAsync(broker, cancellationToken);
        if (readers is null)
            return $"has never run here: there is no queue '{queue}'";
        if (readers == 0)
            return $"is not running: nobody reads the queue '{queue}'";

        var rooms = await BrokerProbe.AskAsync(
            broker, (connection, cancelled) => AskAsync(connection, queue, broker.Within, cancelled), cancellationToken, 2 * broker.Within);
        return $"answers; it knows {Words.Count(rooms, "room")}";
    }

    /// <summary>Over direct reply-to, for which the bridge's own user has the permissions.</summary>
    private static async Task<long> AskAsync(IConnection connection, string controlQueue, TimeSpan within, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var answer = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            using var envelope = JsonDocument.Parse(delivery.Body);
            answer.TrySetResult(envelope.RootElement.GetProperty("message").GetProperty("total").GetInt64());
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(ReplyTo, autoAck: true, consumer, cancellationToken);
        var properties = new BasicProperties { ContentType = EventEnvelope.ContentType, ReplyTo = ReplyTo };
        var request = $$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:GetObservations"],"requestId":"{{{Guid.NewGuid()}}}","responseAddress":"rabbitmq://localhost/{{{ReplyTo}}}","message":{"limit":1}}""";
        await channel.BasicPublishAsync(controlQueue, "", mandatory: false, properties, Encoding.UTF8.GetBytes(request), cancellationToken);
        try
        {
            return await answer.Task.WaitAsync(within, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new CommandFailure(
                $"reads the queue '{controlQueue}', but did not answer within {within.TotalSeconds:0.#} s. Look at its log and at /health/ready.");
        }
    }
}
