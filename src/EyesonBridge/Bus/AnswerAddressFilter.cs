using System.Collections.Concurrent;
using MassTransit;
using MassTransit.Context;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// Keeps a command whose answer the broker would reject from harming others. Answers are sent on the channel that the
/// control queue is read with, and a rejection (a queue that is exclusive, an exchange of another kind) closes that
/// channel: all commands in progress are redelivered, and MassTransit may be unable to read the queue again. So each
/// address is tried first, on a separate channel; a command whose address is rejected is moved aside, with the reason,
/// and not run.
/// </summary>
internal sealed class AnswerAddressFilter(string putAsideTo, ILogger logger) : IFilter<ConsumeContext>
{
    private const string DirectReplyTo = "amq.rabbitmq.reply-to";
    private const string ReasonHeader = "MT-Fault-Message"; // where the error queue has it too
    private const int MostRemembered = 1_000;

    private readonly ConcurrentDictionary<Uri, byte> _accepted = new();

    public async Task Send(ConsumeContext context, IPipe<ConsumeContext> next)
    {
        if (context.ReceiveContext.TryGetPayload(out ChannelContext? channel))
        {
            foreach (var address in (Uri?[])[context.ResponseAddress, context.FaultAddress])
            {
                if (address is null || await RefusalOfAsync(channel.ConnectionContext, address, context.CancellationToken) is not { } refusal)
                    continue;

                logger.AnswerUndeliverable(refusal);
                await PutAsideAsync(channel.ConnectionContext, context.ReceiveContext, refusal);
                await context.NotifyConsumed(
                    new MessageConsumeContext<CommandPutAside>(context, new CommandPutAside(refusal)), TimeSpan.Zero, nameof(AnswerAddressFilter));
                return;
            }
        }

        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("answerAddress");

    /// <summary>Declares what MassTransit declares before it sends an answer. Null when the broker lets it.</summary>
    private async Task<string?> RefusalOfAsync(ConnectionContext connection, Uri uri, CancellationToken cancellationToken)
    {
        if (_accepted.ContainsKey(uri))
            return null;

        try
        {
            var address = new RabbitMqEndpointAddress(connection.HostAddress, uri);
            if (!string.Equals(address.Name, DirectReplyTo, StringComparison.Ordinal))
                await DeclareAsync(connection, address, cancellationToken);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason is { Initiator: ShutdownInitiator.Peer, ReplyText: { } text })
        {
            return $"The broker rejected the response address: {text}";
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or MassTransitException)
        {
            return $"The response address is not valid: {malformed.Message}";
        }

        if (_accepted.Count >= MostRemembered)
            _accepted.Clear();
        _accepted.TryAdd(uri, 0);
        return null;
    }

    private static async Task DeclareAsync(ConnectionContext connection, RabbitMqEndpointAddress address, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannel(null, cancellationToken);
        await channel.ExchangeDeclareAsync(
            address.Name, address.ExchangeType, address.Durable, address.AutoDelete, cancellationToken: cancellationToken);
        if (address.BindToQueue)
        {
            await channel.QueueDeclareAsync(
                address.QueueName ?? address.Name, address.Durable, exclusive: false, address.AutoDelete, cancellationToken: cancellationToken);
        }
    }

    private async Task PutAsideAsync(ConnectionContext connection, ReceiveContext command, string reason)
    {
        await using var channel = await connection.CreateChannel(null, command.CancellationToken);
        var properties = new BasicProperties
        {
            Persistent = true,
            ContentType = command.ContentType?.ToString(),
            Headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [ReasonHeader] = reason },
        };
        await channel.BasicPublishAsync(putAsideTo, "", mandatory: true, properties, command.GetBody(), command.CancellationToken);
    }

    /// <summary>Reported to MassTransit as the message consumed when a command was moved aside; never sent anywhere.</summary>
    private sealed record CommandPutAside(string Reason);
}
