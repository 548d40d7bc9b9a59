using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A consumer without MassTransit: takes everything from a queue of its own that is bound to an exchange of events.</summary>
internal sealed class EventCollector : IAsyncDisposable
{
    // Not one that is deleted with its consumer: a broker that stops deletes that too, and what comes before this consumer
    // is back has no queue. A test that breaks off leaves it to the broker.
    private static readonly Dictionary<string, object?> UnlessUsed = new(StringComparer.Ordinal) { ["x-expires"] = 600_000 };

    private readonly SignalledList<ReceivedEvent> _events = new();
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private EventCollector(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>Starts to listen. It survives restarts of the broker, as does its queue.</summary>
    /// <param name="broker">Where the broker is.</param>
    /// <param name="type">What to listen to: an event, or one of the interfaces.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<EventCollector> StartAsync(Uri broker, string type, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = broker, NetworkRecoveryInterval = TimeSpan.FromMilliseconds(200) };
        var connection = await factory.CreateConnectionAsync(cancellationToken);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var collector = new EventCollector(connection, channel);

        var exchange = $"EyesonBridge.Contracts.V1:{type}";
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        var queue = await channel.QueueDeclareAsync(
            RabbitMqServer.UniqueName("collector"), durable: true, exclusive: false, autoDelete: false, UnlessUsed, cancellationToken: cancellationToken);
        await channel.QueueBindAsync(queue.QueueName, exchange, "", cancellationToken: cancellationToken);

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            collector._events.Add(new ReceivedEvent(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
        return collector;
    }

    /// <summary>What came about a room so far, repeats included.</summary>
    public IReadOnlyList<ReceivedEvent> Of(string roomId) => Of(roomId, _events.Items);

    /// <summary>What came about a room, once the condition holds for it.</summary>
    public async Task<IReadOnlyList<ReceivedEvent>> WhenAsync(
        string roomId, string what, Func<IReadOnlyList<ReceivedEvent>, bool> condition, CancellationToken cancellationToken) =>
        Of(roomId, await _events.WhenAsync($"{what} of room {roomId}", events => condition(Of(roomId, events)), cancellationToken));

    /// <summary>What came about a room, once so many events of a type are among it.</summary>
    public Task<IReadOnlyList<ReceivedEvent>> WhenAsync(string roomId, string type, CancellationToken cancellationToken, int count = 1) =>
        WhenAsync(
            roomId,
            $"{count} {type}",
            events => events.DistinctBy(happened => happened.Sequence).Count(happened => string.Equals(happened.Type, type, StringComparison.Ordinal)) >= count,
            cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static List<ReceivedEvent> Of(string roomId, IReadOnlyList<ReceivedEvent> events) =>
        [.. events.Where(happened => string.Equals(happened.RoomId, roomId, StringComparison.Ordinal))];
}
