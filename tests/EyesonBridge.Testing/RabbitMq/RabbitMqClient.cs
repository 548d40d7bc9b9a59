using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Testing.RabbitMq;

/// <summary>The few things that tests do with a broker.</summary>
public static class RabbitMqClient
{
    /// <summary>A channel that waits for the broker's confirm of each message; gives up on the broker's heartbeat late.</summary>
    public static Task<IChannel> CreateConfirmingChannelAsync(IConnection connection, CancellationToken cancellationToken) =>
        connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            cancellationToken);

    /// <summary>Publishes a message that survives a restart of the broker; completes with its confirm.</summary>
    public static ValueTask PublishAsync(IChannel channel, string queue, string text, CancellationToken cancellationToken) =>
        channel.BasicPublishAsync(
            "", queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>The next message of the queue, waited for.</summary>
    public static async Task<string> TakeAsync(IChannel channel, string queue, CancellationToken cancellationToken)
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            received.TrySetResult(Encoding.UTF8.GetString(delivery.Body.Span));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellationToken);
        return await received.Task.WaitAsync(cancellationToken);
    }
}
