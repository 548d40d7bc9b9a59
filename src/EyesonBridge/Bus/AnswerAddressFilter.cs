using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// Keeps one command whose answer the broker refuses from holding up all others. Such a refusal (a queue that is
/// somebody's alone, an exchange of another kind) closes the channel of the control queue, and everything that is being
/// dealt with comes back. Of what comes back, the address for the answer is tried on a channel of its own; a command
/// with one that is refused is put aside, with the reason, and not carried out.
/// </summary>
internal sealed class AnswerAddressFilter(string putAsideTo, ILogger logger) : IFilter<ConsumeContext>
{
    private const string DirectReplyTo = "amq.rabbitmq.reply-to";
    private const string ReasonHeader = "MT-Fault-Message"; // where the error queue has it too

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (context is { ReceiveContext.Redelivered: true, ResponseAddress: { } address }
            && context.ReceiveContext.TryGetPayload(out ChannelContext? channel)
            && await RefusalOfAsync(channel.ConnectionContext, address, context.CancellationToken) is { } refusal)
        {
            logger.AnswerUndeliverable(refusal);
            await PutAsideAsync(channel.ConnectionContext, context.ReceiveContext, refusal);
            return;
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("answerAddress");

    /// <summary>Declares what MassTransit declares before it sends an answer. Null when the broker lets it.</summary>
    private static async Task<string?> RefusalOfAsync(ConnectionContext connection, Uri responseAddress, CancellationToken cancellationToken)
    {
        var address = new RabbitMqEndpointAddress(connection.HostAddress, responseAddress);
        if (string.Equals(address.Name, DirectReplyTo, StringComparison.Ordinal))
            return null;

        await using var channel = await connection.CreateChannel(cancellationToken, null);
        try
        {
            await channel.ExchangeDeclareAsync(
                address.Name, address.ExchangeType, address.Durable, address.AutoDelete, cancellationToken: cancellationToken);
            if (address.BindToQueue)
            {
                await channel.QueueDeclareAsync(
                    address.QueueName ?? address.Name, address.Durable, exclusive: false, address.AutoDelete, cancellationToken: cancellationToken);
            }

            return null;
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { Initiator: ShutdownInitiator.Peer, ReplyText: { } text })
        {
            return $"The answer cannot be sent to the responseAddress: {text}";
        }
    }

    private async Task PutAsideAsync(ConnectionContext connection, ReceiveContext command, string reason)
    {
        await using var channel = await connection.CreateChannel(command.CancellationToken, null);
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = command.ContentType?.ToString(),
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [ReasonHeader] = reason },
        };
        await channel.BasicPublishAsync(putAsideTo, "", mandatory: true, properties, command.GetBody(), command.CancellationToken);
    }
}
