using System.Globalization;
using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>One room's trouble, or one room's burst, at a real broker: nobody else waits for it.</summary>
public sealed class FairnessTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private const int RoomHeldUp = 4006;

    /// <summary>What one room may have on its way, and what its line takes at once: so many can be ahead of another room.</summary>
    private const int Ahead = 256 + 64;

    private static readonly string Exchange = EventQueue.ExchangeOf(nameof(IRoomEvent));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_RejectingQueueOfAConsistentHash_HoldsUpItsOwnRoomsOnly()
    {
        await rabbit.Server.EnablePluginAsync("rabbitmq_consistent_hash_exchange", Cancellation);
        var broker = await NewHostAsync();
        await using var open = await EventQueue.ConnectAsync(broker, Cancellation);
        await using var full = await EventQueue.ConnectAsync(broker, Cancellation);
        await LayOutAsync(open.Channel);
        var rooms = Enumerable.Range(0, 60).Select(number => $"room-{number}").ToList();
        var rejected = await RoomsOfAsync(open.Channel, "full", rooms);
        Assert.InRange(rejected.Count, 10, 50);
        await LimitAsync(broker, 3);
        await open.ReadAsync("open", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);

        for (var round = 0; round < 5; round++)
        {
            foreach (var room in rooms)
                await publishing.AppendAsync<RoomLocked>(room, 10);
        }

        // Nothing is taken out of the full queue, so whatever comes has not waited for it.
        await open.AssertAllInOrderAsync(rooms.Count - rejected.Count, ofEach: 50, Cancellation);
        await publishing.Log.WhenAsync(RoomHeldUp, 1);
        Assert.All(publishing.Log.Entries(RoomHeldUp), entry => Assert.Contains(rejected, room => entry.Text.Contains($"room {room} ", StringComparison.Ordinal)));
        Assert.Empty(open.Arrived.Select(happened => happened.RoomId).Intersect(rejected, StringComparer.Ordinal));

        await LimitAsync(broker, 1_000_000);
        await full.ReadAsync("full", Cancellation);
        await full.AssertAllInOrderAsync(rejected.Count, ofEach: 50, Cancellation);
        Assert.Equal(0, await publishing.StopAsync());
    }

    [Fact]
    public async Task Publish_BurstOf100000InOneRoom_DelaysOthersByNoMoreThanWhatWasOnItsWay()
    {
        const int Burst = 100_000;
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ConnectAsync(broker, Cancellation);
        await BindAsync(events.Channel, "all");
        await using var publishing = await PublishingFixture.StartAsync(broker);
        await publishing.AppendAsync<RoomLocked>("other", 1);

        var known = new List<(long Sequence, uint Enqueued, int Appended)>();
        for (var appended = 0; appended < Burst; appended += 1_000)
        {
            await publishing.AppendAsync<RoomLocked>("burst", 1_000);
            if (appended % 10_000 != 0)
                continue;

            await publishing.AppendAsync<RoomLocked>("other", 1);
            var depth = (await events.Channel.QueueDeclarePassiveAsync("all", Cancellation)).MessageCount;
            known.Add((known.Count + 2, depth, appended + 1_000));
        }

        await events.ReadAsync("all", Cancellation);
        var arrived = (await events.WhenAsync(Burst + 1 + known.Count, Cancellation)).Select((happened, place) => (happened, place)).ToList();

        // The queue has them in the order in which the broker took them. What was in it when the event was on disk came before.
        foreach (var (sequence, enqueued, _) in known)
        {
            var place = arrived.First(each => each.happened.RoomId is "other" && each.happened.Sequence == sequence).place;
            Assert.InRange(place, 0, (int)enqueued + Ahead);
        }

        Assert.Contains(known, each => each.Enqueued + (2 * Ahead) < each.Appended); // the burst did wait
        Assert.Equal(0, await publishing.StopAsync());
    }

    private Task<Uri> NewHostAsync() => rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("fairness"), Cancellation);

    /// <summary>The layout that docs/contracts.md recommends, with two workers.</summary>
    private static async Task LayOutAsync(IChannel channel)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.ExchangeDeclareAsync("by-room", "x-consistent-hash", durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.ExchangeBindAsync("by-room", Exchange, "", cancellationToken: Cancellation);
        foreach (var queue in (string[])["open", "full"])
        {
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
            await channel.QueueBindAsync(queue, "by-room", "1", cancellationToken: Cancellation);
        }
    }

    private static async Task BindAsync(IChannel channel, string queue)
    {
        await channel.ExchangeDeclareAsync(Exchange, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueBindAsync(queue, Exchange, "", cancellationToken: Cancellation);
    }

    /// <summary>The queue that is full rejects what is more, from now on.</summary>
    private Task LimitAsync(Uri broker, int messages) => rabbit.Server.Broker.ControlAsync(
        [
            "set_policy", "--vhost", broker.AbsolutePath.Trim('/'), "--apply-to", "queues", "full", "^full$",
            string.Create(CultureInfo.InvariantCulture, $$"""{"max-length":{{messages}},"overflow":"reject-publish"}"""),
        ],
        Cancellation);

    /// <summary>Asks the broker which rooms it routes to a queue; both queues are empty before and after.</summary>
    private static async Task<List<string>> RoomsOfAsync(IChannel channel, string queue, List<string> rooms)
    {
        foreach (var room in rooms)
            await channel.BasicPublishAsync("by-room", room, mandatory: true, Encoding.UTF8.GetBytes(room), Cancellation);
        var found = new List<string>();
        for (var left = rooms.Count; left > 0;)
        {
            foreach (var each in (string[])["open", "full"])
            {
                while (await channel.BasicGetAsync(each, autoAck: true, Cancellation) is { } message)
                {
                    left--;
                    if (string.Equals(each, queue, StringComparison.Ordinal))
                        found.Add(Encoding.UTF8.GetString(message.Body.Span));
                }
            }
        }

        return found;
    }
}
