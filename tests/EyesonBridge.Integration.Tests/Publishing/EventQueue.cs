using System.Globalization;
using System.Text;
using EyesonBridge.Testing.Processes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>A queue, and what came out of it so far.</summary>
internal sealed class EventQueue : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ArrivedEvent> _arrived = [];
    private readonly HashSet<(string RoomId, long Sequence)> _different = [];
    private readonly IConnection _connection;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EventQueue(IConnection connection, IChannel channel) => (_connection, Channel) = (connection, channel);

    /// <summary>A channel of the test.</summary>
    public IChannel Channel { get; }

    /// <summary>Everything that came, in that order.</summary>
    public IReadOnlyList<ArrivedEvent> Arrived
    {
        get
        {
            lock (_gate)
                return [.. _arrived];
        }
    }

    /// <summary>Connects without a queue.</summary>
    public static async Task<EventQueue> ConnectAsync(Uri broker, CancellationToken cancellationToken)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync(cancellationToken);
        return new EventQueue(connection, await connection.CreateChannelAsync(cancellationToken: cancellationToken));
    }

    /// <summary>Reads everything that comes to an exchange of MassTransit from now on.</summary>
    public static async Task<EventQueue> ReadAsync(Uri broker, string type, CancellationToken cancellationToken)
    {
        var queue = await ConnectAsync(broker, cancellationToken);
        var exchange = ExchangeOf(type);
        await queue.Channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await queue.Channel.QueueDeclareAsync("all", durable: true, exclusive: false, autoDelete: false, cancellationToken: cancellationToken);
        await queue.Channel.QueueBindAsync("all", exchange, "", cancellationToken: cancellationToken);
        await queue.ReadAsync("all", cancellationToken);
        return queue;
    }

    /// <summary>Name of the exchange of an event or an interface.</summary>
    public static string ExchangeOf(string type) => $"EyesonBridge.Contracts.V1:{type}";

    /// <summary>Empties a queue, from now on.</summary>
    public Task ReadAsync(string queue, CancellationToken cancellationToken)
    {
        var consumer = new AsyncEventingBasicConsumer(Channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            Note(delivery);
            return Task.CompletedTask;
        };
        return Channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellationToken);
    }

    /// <summary>Completes when so many different events came.</summary>
    public async Task<IReadOnlyList<ArrivedEvent>> WhenAsync(int different, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SignalledList<ArrivedEvent>.Patience * 2, TimeProvider.System);
        while (true)
        {
            Task changed;
            int count;
            lock (_gate)
            {
                count = _different.Count;
                if (count >= different)
                    return [.. _arrived];
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(patience.Token).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException late) when (patience.IsCancellationRequested)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"{count} of {different} events came."), late);
            }
        }
    }

    /// <summary>Completes when everything of these rooms came; fails when it did not come in order, counting the last time of each.</summary>
    public async Task<IReadOnlyList<ArrivedEvent>> AssertAllInOrderAsync(int rooms, int ofEach, CancellationToken cancellationToken)
    {
        await WhenAsync(rooms * ofEach, cancellationToken);
        var arrived = await WhenInOrderAsync(rooms * ofEach, cancellationToken);
        foreach (var room in arrived.GroupBy(happened => happened.RoomId, StringComparer.Ordinal))
        {
            Assert.Equal(Enumerable.Range(1, ofEach).Select(number => (long)number), LastOfEach(room).Select(happened => happened.Sequence));
            Assert.Equal(ofEach, room.Select(happened => (happened.Sequence, happened.MessageId)).Distinct().Count());
        }

        return arrived;
    }

    public async ValueTask DisposeAsync()
    {
        await Channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>What is behind a repeated event comes again too: after the last different one came, some may still be on their way.</summary>
    private async Task<IReadOnlyList<ArrivedEvent>> WhenInOrderAsync(int different, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(SignalledList<ArrivedEvent>.Patience, TimeProvider.System);
        while (true)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            var arrived = await WhenAsync(different, cancellationToken);
            if (arrived.GroupBy(happened => happened.RoomId, StringComparer.Ordinal).All(static room => AreInOrder(LastOfEach(room))))
                return arrived;

            try
            {
                await changed.WaitAsync(patience.Token).WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                return arrived; // the assertion shows what is wrong
            }
        }
    }

    private static List<ArrivedEvent> LastOfEach(IEnumerable<ArrivedEvent> arrived) =>
        [.. arrived.Reverse().DistinctBy(happened => happened.Sequence).Reverse()];

    private static bool AreInOrder(List<ArrivedEvent> arrived) => arrived.Zip(arrived.Skip(1)).All(static pair => pair.First.Sequence < pair.Second.Sequence);

    private void Note(BasicDeliverEventArgs delivery)
    {
        var headers = delivery.BasicProperties.Headers!;
        var roomId = Encoding.UTF8.GetString((byte[])headers["eyeson-room-id"]!);
        var arrived = new ArrivedEvent(roomId, (long)headers["eyeson-sequence"]!, delivery.BasicProperties.MessageId);
        lock (_gate)
        {
            _arrived.Add(arrived);
            _different.Add((arrived.RoomId, arrived.Sequence));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
