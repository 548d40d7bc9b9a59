using System.Collections.Concurrent;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>
/// A consumer's durable queue: it stays when the broker goes down, and holds all until somebody reads. A connection is
/// opened for each use, so none has to survive anything.
/// </summary>
internal sealed class EventQueue(Uri broker)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string _name = RabbitMqServer.UniqueName("chaos");
    private readonly List<QueuedEvent> _taken = [];

    /// <summary>All that was taken so far, in the order in which it came.</summary>
    public IReadOnlyList<QueuedEvent> Taken => _taken;

    /// <summary>Declares the queue, bound to the exchange of an event or of all of them.</summary>
    public async Task DeclareAsync(CancellationToken cancellationToken, string type = "IRoomEvent")
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var exchange = $"EyesonBridge.Contracts.V1:{type}";
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueDeclareAsync(_name, durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(_name, exchange, "", cancellationToken: cancellationToken);
    }

    /// <summary>Takes events until what was taken is enough, and returns all of it.</summary>
    /// <exception cref="TimeoutException">It does not become enough.</exception>
    public async Task<IReadOnlyList<QueuedEvent>> TakeUntilAsync(
        string what, Func<IReadOnlyList<QueuedEvent>, bool> isEnough, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        try
        {
            await using var connection = await ConnectAsync(either.Token);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: either.Token);
            var arrived = await ConsumeAsync(channel, either.Token);
            do
            {
                await TakeAsync(channel, arrived, either.Token);
            }
            while (!isEnough(_taken) && await tick.WaitForNextTickAsync(either.Token));
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            var last = string.Join(Environment.NewLine, _taken.TakeLast(20));
            throw new TimeoutException($"{what}: not within {Patience.TotalSeconds} s. {_taken.Count} events came; the last ones:{Environment.NewLine}{last}", e);
        }

        return _taken;
    }

    /// <summary>What is not taken goes back to its place in the queue with the connection.</summary>
    private async Task TakeAsync(IChannel channel, ConcurrentQueue<(ulong Tag, QueuedEvent Happened)> arrived, CancellationToken cancellationToken)
    {
        var last = 0UL;
        while (arrived.TryDequeue(out var delivery))
        {
            _taken.Add(delivery.Happened);
            last = delivery.Tag;
        }

        if (last > 0)
            await channel.BasicAckAsync(last, multiple: true, cancellationToken);
    }

    private async Task<ConcurrentQueue<(ulong Tag, QueuedEvent Happened)>> ConsumeAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var arrived = new ConcurrentQueue<(ulong Tag, QueuedEvent Happened)>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            arrived.Enqueue((delivery.DeliveryTag, new QueuedEvent(delivery)));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(_name, autoAck: false, consumer, cancellationToken);
        return arrived;
    }

    private Task<IConnection> ConnectAsync(CancellationToken cancellationToken) =>
        new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(cancellationToken);
}
