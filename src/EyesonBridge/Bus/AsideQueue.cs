using MassTransit.RabbitMqTransport;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>A queue for what came to the control queue and was not carried out, with an exchange of its name.</summary>
#pragma warning disable CA1001 // the semaphore's handle, which would have to be given back, is not used
internal sealed class AsideQueue(string name, ILogger<AsideQueue> logger)
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _isThere;
    private bool _isTold;

    /// <summary>What it is called.</summary>
    public string Name => name;

    /// <summary>Puts something there, and declares it first, unless that is known to have been done. One that was deleted meanwhile is declared anew.</summary>
    /// <param name="connection">The connection to declare it over.</param>
    /// <param name="put">Publishes to the exchange of its name; completes when the broker has it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task PutAsync(ConnectionContext connection, Func<Task> put, CancellationToken cancellationToken)
    {
        if (_isThere)
        {
            try
            {
                await put();
                return;
            }
            catch (Exception gone) when (gone is PublishException or OperationInterruptedException)
            {
                _isThere = false;
            }
        }

        await _gate.WaitAsync(cancellationToken); // an empty one is deleted in there
        try
        {
            await DeclareAsync(connection, cancellationToken);
            await put();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>
    /// Earlier versions declared it in a way that what expires there moves on to the undeliverable queue: an empty
    /// one of these makes room for the new one; any other is used as it is, until it is empty.
    /// </summary>
    private async Task DeclareAsync(ConnectionContext connection, CancellationToken cancellationToken)
    {
        if (_isThere)
            return;

        _isThere = await TryDeclareAsync(connection, cancellationToken)
            || (await TryDeleteEmptyAsync(connection, cancellationToken) && await TryDeclareAsync(connection, cancellationToken));
        if (!_isThere && !_isTold)
            logger.QueueOfEarlierVersion(Name);
        _isTold = !_isThere;
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
