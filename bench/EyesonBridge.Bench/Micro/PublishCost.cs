using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;

namespace EyesonBridge.Bench.Micro;

/// <summary>
/// What it takes to get an event out: from the outbox through MassTransit to the broker's confirm, and deleted. Rooms go
/// side by side, the events of one room one after the other, in the baseline too.
/// </summary>
internal static class PublishCost
{
    private const int Rooms = 50;
    private const int EventsEach = 40;
    private const string Queue = "eyeson-bridge-bench";
    private const string ControlQueue = "eyeson-bridge-bench-control";

    /// <summary>Measures at a broker.</summary>
    /// <param name="broker">Its address; queues are made there, and deleted.</param>
    public static async Task<Comparison> MeasureAsync(Uri broker)
    {
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        await using var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var exchange = $"EyesonBridge.Contracts.V1:{nameof(ChatMessageSent)}";
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(Queue, exchange, "");
        try
        {
            var folder = Directory.CreateTempSubdirectory("eyeson-bridge-bench-");
            await using (var app = BridgeHost.Build(Settings(broker, folder.FullName)))
            {
                await app.Services.GetRequiredService<StoreHost>().OpenAsync(CancellationToken.None);
                var bus = app.Services.GetRequiredService<IBusControl>();
                var dispatcher = app.Services.GetRequiredService<OutboxDispatcher>();
                await bus.StartAsync();
                await dispatcher.StartAsync(CancellationToken.None);
                var store = app.Services.GetRequiredService<IBridgeStore>();
                await DispatchAsync(store, "warm-up");
                for (var round = 0; round < Comparison.Rounds; round++)
                {
                    ours[round] = await DispatchAsync(store, round.ToString(CultureInfo.InvariantCulture));
                    baseline[round] = await PublishAsync(channel, exchange);
                    await channel.QueuePurgeAsync(Queue);
                }

                await dispatcher.StopAsync(CancellationToken.None);
                await bus.StopAsync();
            }

            folder.Delete(recursive: true);
        }
        finally
        {
            string[] made = [Queue, ControlQueue, BusServices.Undeliverable(ControlQueue)];
            foreach (var name in made)
                await channel.QueueDeleteAsync(name);
            foreach (var name in made.Skip(1))
                await channel.ExchangeDeleteAsync(name);
        }

        return new Comparison("µs an event", ours, baseline);
    }

    private static async Task<double> DispatchAsync(IBridgeStore store, string round)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var room = 0; room < Rooms; room++)
            await store.RegisterRoomAsync(new RoomRegistration(Id(round, room), "default", IntentSources.Command, null, now), CancellationToken.None);
        var claimed = await store.ClaimRoomsAsync("bench", TimeSpan.FromMinutes(10), Rooms, CancellationToken.None);
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(claimed.Select(room => store.AppendAsync(Append(room, now), CancellationToken.None)));
        while (store.Depth.Count > 0)
            await Task.Delay(1);
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / (Rooms * EventsEach);
    }

    private static async Task<double> PublishAsync(IChannel channel, string exchange)
    {
        var payload = EventSerializer.Write(Event("room", 1, TimeProvider.System.GetUtcNow()));
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Rooms).Select(async _ =>
        {
            for (var sequence = 0; sequence < EventsEach; sequence++)
                await channel.BasicPublishAsync(exchange, "", mandatory: true, new BasicProperties { Persistent = true }, payload);
        }));
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / (Rooms * EventsEach);
    }

    private static RoomAppend Append(RoomRow room, DateTimeOffset now) => new()
    {
        RoomId = room.RoomId,
        Owner = "bench",
        Epoch = room.Epoch,
        FromSequence = 0,
        Status = ObservationStatus.Observing,
        At = now,
        Events = [.. Enumerable.Range(1, EventsEach)
            .Select(sequence => Event(room.RoomId, sequence, now))
            .Select(happened => new OutboxEvent(happened.EventId, nameof(ChatMessageSent), EventSerializer.Write(happened), TraceParent: null))],
    };

    private static ChatMessageSent Event(string roomId, long sequence, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(now),
        RoomId = roomId,
        Account = "default",
        Sequence = sequence,
        OccurredAt = now,
        ObservedAt = now,
        Origin = EventOrigin.Live,
        Content = "What do you think of the second slide?",
        UserId = "6576daef1f138900153d0762",
    };

    private static string Id(string round, int room) => string.Create(CultureInfo.InvariantCulture, $"{round}-{room}");

    private static Dictionary<string, string?> Settings(Uri broker, string folder) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Eyeson:Accounts:default:ApiKey"] = "bench-key",
        ["Bus:Url"] = broker.ToString(),
        ["Bus:ControlQueue"] = ControlQueue,
        ["Store:ConnectionString"] = $"Data Source={Path.Combine(folder, "bench.db")}",
        ["Logging:LogLevel:Default"] = "Error",
    };
}
