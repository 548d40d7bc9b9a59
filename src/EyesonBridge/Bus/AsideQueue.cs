using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>A queue for what came to the control queue and was not carried out, with an exchange of its name.</summary>
internal sealed class AsideQueue(string name, ILogger<AsideQueue> logger)
{
    private volatile bool _isThere;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>
    /// Declares it, once. Earlier versions did so in a way that what expires there moves on to the undeliverable queue: an empty
    /// one of these makes room for the new one; any other is used as it is.
    /// </summary>
    public async Task DeclareAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        if (_isThere)
            return;

        if (!await TryDeclareAsync(connection, cancellationToken)
            && !(await TryDeleteEmptyAsync(connection, cancellationToken) && await TryDeclareAsync(connection, cancellationToken)))
        {
            logger.QueueOfEarlierVersion(Name);
        }

        _isThere = true;
    }

    /// <summary>On a channel of its own, which a refusal closes. False when there is one that was declared otherwise.</summary>
    private async Task<bool> TryDeclareAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannel(null, cancellationToken);
        await channel.ExchangeDeclareAsync(Name, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        try
        {
            await channel.QueueDeclareAsync(
                Name,
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

        await channel.QueueBindAsync(Name, Name, "", cancellationToken: cancellationToken);
        return true;
    }

    private async Task<bool> TryDeleteEmptyAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannel(null, cancellationToken);
        if (await channel.QueueDeclarePassiveAsync(Name, cancellationToken) is not { MessageCount: 0, ConsumerCount: 0 })
            return false;

        await channel.QueueDeleteAsync(Name, cancellationToken: cancellationToken); // quorum queues do not know "if empty"
        return true;
    }
}
