using EyesonBridge.Bus.Access;
using EyesonBridge.Outbox;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace EyesonBridge.Bus;

/// <summary>
/// Publishes over a connection of its own, with confirms that it keeps track of itself: MassTransit's way to publish costs
/// several times as much, and knows no window for one room.
/// </summary>
internal sealed class RabbitMqPublisher(IOptions<BusOptions> options, BrokerTrust trust, EventTopology topology, EventEnvelope envelope, TimeProvider time)
    : IEventPublisher, IAsyncDisposable
{
    private static readonly CreateChannelOptions Confirming = new(
        publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false, outstandingPublisherConfirmationsRateLimiter: null);

    private readonly SemaphoreSlim _connecting = new(1);
    private PublishConnection? _connection;

    public async Task<IPublishChannel> OpenAsync(IPublishReceipts receipts, CancellationToken cancellationToken)
    {
        PublishConnection? connection = null;
        try
        {
            connection = await ConnectAsync(cancellationToken);
            var channel = await connection.OpenChannelAsync(Confirming, options.Value.PublishTimeout, cancellationToken);
            return new RabbitMqPublishChannel(connection, channel, receipts, topology, envelope, time);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            connection?.Cut(); // one that opens no channel is of no use to anybody
            if (error is OperationCanceledException)
                throw new PublishingException($"the broker did not answer within {options.Value.PublishTimeout.TotalSeconds:0} s", error);
            if (BrokerRefusal.Explain(new Uri(options.Value.Url), error) is { } refusal)
                throw new PublishingException(refusal, error);
            throw;
        }
    }

    /// <summary>How many messages are in a queue; 0 when it does not exist.</summary>
    public async Task<long> CountAsync(string queue, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var connection = await ConnectAsync(either.Token);
        await using var channel = await connection.OpenChannelAsync(channel: null, options.Value.PublishTimeout, either.Token);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, either.Token).WaitAsync(either.Token)).MessageCount;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            await connection.CloseAsync();
        _connecting.Dispose();
    }

    private async Task<PublishConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        // The client's own time-outs do not end every wait: a broker that is frozen never sends its part of the handshake.
        using var timeout = new CancellationTokenSource(options.Value.PublishTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        await _connecting.WaitAsync(either.Token);
        try
        {
            if (_connection is { IsOpen: true } open)
                return open;

            _connection?.Cut(); // before the next one is opened: nothing of this one may come among its events
            _connection = null;
            var factory = BrokerHost.FactoryFor(options.Value, trust.Server);
            factory.ClientProvidedName = "EyesonBridge events";
            factory.AutomaticRecoveryEnabled = false; // a channel that is lost has events to take back first
            factory.RequestedConnectionTimeout = options.Value.PublishTimeout;
            var connection = new PublishConnection(time);
            await connection.OpenAsync(factory, either.Token);
            return _connection = connection;
        }
        catch (BrokerUnreachableException error)
        {
            throw new PublishingException(BrokerHost.Explain(new Uri(options.Value.Url), trust.Server, error), error);
        }
        finally
        {
            _connecting.Release();
        }
    }
}
