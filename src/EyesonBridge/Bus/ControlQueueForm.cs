using RabbitMQ.Client;

namespace EyesonBridge.Bus;

/// <summary>
/// The form of the control queue, as the bridge declares it through MassTransit and whoever sends commands before a bridge has
/// ever run declares it too: the broker rejects a second form. docs/contracts.md has it for those.
/// </summary>
internal static class ControlQueueForm
{
    /// <summary>How often the broker hands out a command again that was neither carried out nor moved to the error queue.</summary>
    public const int MostRedeliveries = 5;

    /// <summary>Name of the argument for that.</summary>
    public const string DeliveryLimit = "x-delivery-limit";

    /// <summary>
    /// Name of the argument that makes the broker give the commands to one bridge at a time, and to the next when that one is
    /// gone: whichever number of them there is, commands are carried out in their order.
    /// </summary>
    public const string SingleActiveConsumer = "x-single-active-consumer";

    /// <summary>Declares the queue with its exchange; what is there in this form stays as it is.</summary>
    public static async Task DeclareAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(queue, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["x-queue-type"] = "quorum",
                [DeliveryLimit] = MostRedeliveries,
                [SingleActiveConsumer] = true,
                ["x-dead-letter-exchange"] = BusServices.Undeliverable(queue),
            },
            cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue, queue, "", cancellationToken: cancellationToken);
    }
}
