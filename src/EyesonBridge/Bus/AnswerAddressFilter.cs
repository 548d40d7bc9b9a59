using System.Collections.Concurrent;
using EyesonBridge.Telemetry;
using MassTransit;
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
internal sealed class AnswerAddressFilter(string putAsideTo, DeadCommands dead, ILogger<AnswerAddressFilter> logger) : IFilter<ConsumeContext>
{
    private const string DirectReplyTo = "amq.rabbitmq.reply-to";
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

                if (await dead.PutAsideAsync(channel.ConnectionContext, context.ReceiveContext, putAsideTo, refusal))
                    logger.AnswerUndeliverable(refusal);
                await CommandPutAside.NotifyAsync(context, refusal);
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
            return $"The broker rejected the response address: {SenderText.Cut(text)}";
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or MassTransitException)
        {
            return $"The response address is not valid: {SenderText.Cut(malformed.Message)}";
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
}
