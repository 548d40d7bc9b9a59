using System.Globalization;
using EyesonBridge.Telemetry;
using MassTransit;
using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>Moves a command that failed to the error queue, where it stays for a limited time. MassTransit would leave it there for ever.</summary>
internal sealed class FailedCommandFilter(string errorQueue, DeadCommands dead, ILogger<FailedCommandFilter> logger) : IFilter<ExceptionReceiveContext>
{
    private volatile bool _isThere;

    public async Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        if (!context.TryGetPayload(out ChannelContext? channel))
            throw new InvalidOperationException("A command came without the channel that it came by.");

        await DeclareAsync(channel.ConnectionContext, context.CancellationToken);
        var error = context.Exception.GetBaseException();
        await dead.PutAsideAsync(channel.ConnectionContext, context, errorQueue, SenderText.Cut(error.Message)!, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [MessageHeaders.Reason] = "fault",
            [MessageHeaders.FaultExceptionType] = error.GetType().FullName,
            [MessageHeaders.FaultTimestamp] = context.ExceptionTimestamp.ToString("O", CultureInfo.InvariantCulture),
            [MessageHeaders.FaultStackTrace] = error.StackTrace,
        });
        await next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("failedCommand");

    /// <summary>
    /// Earlier versions declared the queue so that what expires there moves on to the undeliverable queue. An empty one of
    /// these makes room for the new one; any other is used as it is.
    /// </summary>
    private async Task DeclareAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        if (_isThere)
            return;

        if (!await TryDeclareAsync(connection, cancellationToken)
            && !(await TryDeleteEmptyAsync(connection, cancellationToken) && await TryDeclareAsync(connection, cancellationToken)))
        {
            logger.ErrorQueueOfEarlierVersion(errorQueue);
        }

        _isThere = true;
    }

    /// <summary>On a channel of its own, which a refusal closes. False when there is one that was declared otherwise.</summary>
    private async Task<bool> TryDeclareAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannel(null, cancellationToken);
        await channel.ExchangeDeclareAsync(errorQueue, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclareAsync(
                errorQueue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" },
                cancellationToken: cancellationToken);
        }
        catch (OperationInterruptedException refused) when (refused.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            return false;
        }

        await channel.QueueBindAsync(errorQueue, errorQueue, "", cancellationToken: cancellationToken);
        return true;
    }

    private async Task<bool> TryDeleteEmptyAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannel(null, cancellationToken);
        if (await channel.QueueDeclarePassiveAsync(errorQueue, cancellationToken) is not { MessageCount: 0, ConsumerCount: 0 })
            return false;

        await channel.QueueDeleteAsync(errorQueue, cancellationToken: cancellationToken); // quorum queues do not know "if empty"
        return true;
    }
}
