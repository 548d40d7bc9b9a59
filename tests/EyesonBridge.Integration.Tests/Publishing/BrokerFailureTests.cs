using System.Globalization;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Network;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>What can go wrong at a broker, and what becomes of the events: none is lost, and each room stays in order.</summary>
public sealed class BrokerFailureTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>
{
    private const int PublishingFailed = 4000;
    private const int PublishingRecovered = 4001;
    private const int RoomHeldUp = 4006;
    private const int RoomGoesOn = 4007;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_NobodyBound_IsCountedAndDeleted()
    {
        await using var publishing = await PublishingFixture.StartAsync(await NewHostAsync());

        await publishing.AppendAsync<RoomLocked>("room", 300);
        await publishing.AppendAsync<RoomUnlocked>("other", 200);

        Assert.Equal(0, await publishing.StopAsync());
        Assert.Equal([new("RoomLocked", 300), new("RoomUnlocked", 200)], publishing.Unrouted.Counts);
        Assert.Equal(0, publishing.Log.Count(RoomHeldUp));
    }

    [Fact]
    public async Task Publish_SomeBoundAndSomeNot_CountsThoseThatAreNot()
    {
        var broker = await NewHostAsync();
        await using var locks = await EventQueue.ReadAsync(broker, "RoomLocked", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);

        for (var round = 0; round < 50; round++)
        {
            await publishing.AppendAsync<RoomLocked>("room", 3);
            await publishing.AppendAsync<RoomUnlocked>("room", 2);
        }

        Assert.Equal(0, await publishing.StopAsync());
        Assert.Equal([new("RoomUnlocked", 100)], publishing.Unrouted.Counts);
        Assert.Equal(150, (await locks.WhenAsync(150, Cancellation)).Count);
    }

    [Fact]
    public async Task Publish_QueueOfOneRoomIsFull_OnlyThatRoomWaitsAndComesInOrder()
    {
        var broker = await NewHostAsync();
        await using var open = await EventQueue.ConnectAsync(broker, Cancellation);
        await using var full = await EventQueue.ConnectAsync(broker, Cancellation);
        await LayOutByRoomAsync(open.Channel, "open", "full");
        await open.ReadAsync("open", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);

        await publishing.AppendAsync<RoomLocked>("full", 40);
        await publishing.AppendAsync<RoomLocked>("open", 500);
        await open.AssertAllInOrderAsync(rooms: 1, ofEach: 500, Cancellation);
        await publishing.Log.WhenAsync(RoomHeldUp, 1);
        await full.ReadAsync("full", Cancellation);
        await full.AssertAllInOrderAsync(rooms: 1, ofEach: 40, Cancellation);

        Assert.Equal(0, await publishing.StopAsync());
        Assert.Equal(500, open.Arrived.Count);
        Assert.Equal((1, 1), (publishing.Log.Count(RoomHeldUp), publishing.Log.Count(RoomGoesOn)));
        Assert.Contains("full", publishing.Log.Entries(RoomHeldUp)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ExchangeIsDeletedWhileEventsFlow_IsDeclaredAgain()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);

        for (var round = 1; round <= 50; round++)
        {
            await publishing.AppendAsync<RoomLocked>("room", 100);
            if (round % 20 == 0)
            {
                await events.WhenAsync(round * 50, Cancellation);
                await events.Channel.ExchangeDeleteAsync(EventQueue.ExchangeOf("RoomLocked"), cancellationToken: Cancellation);
            }
        }

        await events.AssertAllInOrderAsync(rooms: 1, ofEach: 5_000, Cancellation);
        Assert.Equal(0, await publishing.StopAsync());
        Assert.Empty(publishing.Unrouted.Counts);
    }

    [Fact]
    public async Task Publish_NoPermissionForOneExchange_OnlyRoomsWithSuchEventsWait()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        var restricted = await rabbit.Server.CreateUserAsync(
            broker, "restricted", [".*", "^(?!EyesonBridge.Contracts.V1:RoomLocked$).*", ".*"], Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(restricted);
        RoomEvent chat = Of<ChatMessageSent>(), locked = Of<RoomLocked>();

        await publishing.AppendAsync("forbidden", [chat, locked, .. Enumerable.Repeat(chat, 8)]);
        for (var round = 0; round < 50; round++)
        {
            for (var room = 0; room < 10; room++)
                await publishing.AppendAsync<ChatMessageSent>($"room-{room}", 10);
        }

        await publishing.Log.WhenAsync(RoomHeldUp, 1);
        await events.WhenAsync(1 + (10 * 500), Cancellation);
        Assert.Equal([1], events.Arrived.Where(happened => happened.RoomId is "forbidden").Select(happened => happened.Sequence).Distinct());
        await rabbit.Server.PermitAsync(restricted, [".*", ".*", ".*"], Cancellation);
        await events.WhenAsync(10 + (10 * 500), Cancellation);
        await publishing.Log.WhenAsync(RoomGoesOn, 1);

        Assert.Equal(0, await publishing.StopAsync());
        var heldUp = Assert.Single(publishing.Log.Entries(RoomHeldUp));
        Assert.Contains("forbidden", heldUp.Text, StringComparison.Ordinal);
        Assert.Contains("RoomLocked", heldUp.Text, StringComparison.Ordinal);
        Assert.Contains("may not write exchange", heldUp.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_ConnectionBreaksInABurst_LosesNothing(bool byTheBroker)
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        var user = await rabbit.Server.CreateUserAsync(broker, "broken", [".*", ".*", ".*"], Cancellation);
        await using var relay = new TcpRelay(broker.Host, broker.Port);
        await using var publishing = await PublishingFixture.StartAsync(new UriBuilder(user) { Host = "127.0.0.1", Port = relay.Port }.Uri);

        var appending = Task.Run(
            async () =>
            {
                for (var round = 0; round < 20; round++)
                {
                    for (var room = 0; room < 20; room++)
                        await publishing.AppendAsync<ChatMessageSent>($"room-{room}", 50);
                }
            },
            Cancellation);
        for (var arrived = 3_000; arrived <= 15_000; arrived += 4_000)
        {
            await events.WhenAsync(arrived, Cancellation);
            if (byTheBroker)
                await rabbit.Server.Broker.ControlAsync(["close_all_user_connections", user.UserInfo.Split(':')[0], "for the test"], Cancellation);
            else
                relay.Break();
        }

        await appending;
        await events.AssertAllInOrderAsync(rooms: 20, ofEach: 1_000, Cancellation);
        Assert.Equal(0, await publishing.StopAsync());
        Assert.Equal(0, publishing.Log.Count(RoomHeldUp));
    }

    [Fact]
    public async Task Publish_BrokerFreezesLongerThanTheTimeout_LosesNothing()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker, publishTimeout: TimeSpan.FromSeconds(2));
        await publishing.AppendAsync<ChatMessageSent>("room-0", 100);
        await events.WhenAsync(100, Cancellation);

        await rabbit.Server.PauseAsync(Cancellation);
        try
        {
            await AppendTheRestAsync(publishing);
            await publishing.Log.WhenAsync(PublishingFailed, 1);
        }
        finally
        {
            await rabbit.Server.ResumeAsync(Cancellation);
        }

        await events.AssertAllInOrderAsync(rooms: 10, ofEach: 1_000, Cancellation);
        await publishing.Log.WhenAsync(PublishingRecovered, 1);
        Assert.Equal(0, await publishing.StopAsync());
        Assert.Contains("within 2 s", publishing.Log.Entries(PublishingFailed)[0].Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 300_000)]
    public async Task Publish_BrokerIsShortOfMemory_WaitsAndSendsNothingTwice()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        var time = new ManualTimeProvider();
        await using var publishing = await PublishingFixture.StartAsync(broker, time: time);
        await publishing.AppendAsync<ChatMessageSent>("room-0", 100);
        await events.WhenAsync(100, Cancellation);

        await LimitMemoryAsync("0.0001");
        try
        {
            await AppendTheRestAsync(publishing);
            await publishing.WhenBlockedAsync();
            time.Advance(publishing.PublishTimeout * 3);
            await publishing.Log.WhenAsync(PublishingFailed, 1);
        }
        finally
        {
            await LimitMemoryAsync("0.6");
        }

        await events.AssertAllInOrderAsync(rooms: 10, ofEach: 1_000, Cancellation);
        await time.AdvanceUntilAsync(() => publishing.Log.Count(PublishingRecovered) > 0);
        Assert.Equal(0, await publishing.StopAsync());
        Assert.Equal(10_000, events.Arrived.Count);
        Assert.Contains("low on memory", publishing.Log.Entries(PublishingFailed)[0].Text, StringComparison.Ordinal);
    }

    /// <summary>A new connection is blocked with its first event: nothing that follows may need an answer.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Start_BrokerIsShortOfMemory_WaitsOnOneConnectionAndSendsNothingTwice()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        var connections = 0;
        await using var relay = new TcpRelay(broker.Host, broker.Port, accepted: _ => Interlocked.Increment(ref connections));
        var time = new ManualTimeProvider();
        await LimitMemoryAsync("0.0001");
        try
        {
            await using var publishing = await PublishingFixture.StartAsync(new UriBuilder(broker) { Host = "127.0.0.1", Port = relay.Port }.Uri, time: time);
            for (var round = 0; round < 10; round++)
            {
                for (var room = 0; room < 10; room++)
                    await publishing.AppendAsync($"room-{room}", [Of<RoomLocked>(), Of<RoomUnlocked>(), Of<ChatMessageSent>()]);
            }

            await publishing.WhenBlockedAsync();
            time.Advance(publishing.PublishTimeout * 3);
            await publishing.Log.WhenAsync(PublishingFailed, 1);
            await LimitMemoryAsync("0.6");
            await events.AssertAllInOrderAsync(rooms: 10, ofEach: 30, Cancellation);

            Assert.Equal(0, await publishing.StopAsync());
            Assert.Equal((1, 10 * 30), (connections, events.Arrived.Count));
            Assert.Contains("low on memory", Assert.Single(publishing.Log.Entries(PublishingFailed)).Text, StringComparison.Ordinal);
        }
        finally
        {
            await LimitMemoryAsync("0.6");
        }
    }

    [Fact]
    public async Task Publish_RoutingKeyTooLong_OnlyThatRoomWaits()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);
        var longId = new string('r', 256);

        for (var round = 0; round < 10; round++)
        {
            await publishing.AppendAsync<ChatMessageSent>(longId, 2);
            for (var room = 0; room < 5; room++)
                await publishing.AppendAsync<ChatMessageSent>($"room-{room}", 20);
        }

        await publishing.Log.WhenAsync(RoomHeldUp, 1);
        await events.AssertAllInOrderAsync(rooms: 5, ofEach: 200, Cancellation);

        Assert.Equal(20, await publishing.StopAsync());
        Assert.Equal(5 * 200, events.Arrived.Count);
        Assert.Contains(longId, Assert.Single(publishing.Log.Entries(RoomHeldUp)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_EventLargerThanTheBrokerAllows_OnlyThatRoomWaits()
    {
        var broker = await NewHostAsync();
        await using var events = await EventQueue.ReadAsync(broker, "IRoomEvent", Cancellation);
        await LimitMessagesAsync(50_000);
        await using var publishing = await PublishingFixture.StartAsync(broker);
        var chat = (ChatMessageSent)Of<ChatMessageSent>();

        await publishing.AppendAsync("large", [chat, chat with { Content = new string('x', 60_000) }, chat]);
        for (var round = 0; round < 10; round++)
        {
            for (var room = 0; room < 5; room++)
                await publishing.AppendAsync<ChatMessageSent>($"room-{room}", 20);
        }

        await publishing.Log.WhenAsync(RoomHeldUp, 1);
        await events.WhenAsync(1 + (5 * 200), Cancellation);
        Assert.Equal([1], events.Arrived.Where(happened => happened.RoomId is "large").Select(happened => happened.Sequence).Distinct());
        var heldUp = Assert.Single(publishing.Log.Entries(RoomHeldUp)).Text;
        Assert.Contains("large", heldUp, StringComparison.Ordinal);
        Assert.Contains("message size", heldUp, StringComparison.OrdinalIgnoreCase);

        await LimitMessagesAsync(128 * 1024 * 1024);
        await events.WhenAsync(3 + (5 * 200), Cancellation);
        await publishing.Log.WhenAsync(RoomGoesOn, 1);
        Assert.Equal(0, await publishing.StopAsync());
    }

    private static RoomEvent Of<TEvent>() => (RoomEvent)Sample.Messages[typeof(TEvent)];

    private Task<Uri> NewHostAsync() => rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("publishing"), Cancellation);

    /// <summary>A queue for each room, as consistent hashing has it; that of the second takes three messages, and rejects more.</summary>
    private static async Task LayOutByRoomAsync(IChannel channel, string open, string full)
    {
        await channel.ExchangeDeclareAsync(EventQueue.ExchangeOf("RoomLocked"), ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.ExchangeDeclareAsync("by-room", ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: Cancellation);
        await channel.ExchangeBindAsync("by-room", EventQueue.ExchangeOf("RoomLocked"), "", cancellationToken: Cancellation);
        var limit = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-max-length"] = 3, ["x-overflow"] = "reject-publish" };
        await channel.QueueDeclareAsync(open, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancellation);
        await channel.QueueDeclareAsync(full, durable: true, exclusive: false, autoDelete: false, limit, cancellationToken: Cancellation);
        await channel.QueueBindAsync(open, "by-room", open, cancellationToken: Cancellation);
        await channel.QueueBindAsync(full, "by-room", full, cancellationToken: Cancellation);
    }

    /// <summary>The largest message that the broker takes, for channels that are opened from now on.</summary>
    private Task LimitMessagesAsync(int bytes) => rabbit.Server.Broker.EvaluateAsync(
        string.Create(CultureInfo.InvariantCulture, $"ok = application:set_env(rabbit, max_message_size, {bytes}), persistent_term:put(max_message_size, {bytes})."),
        Cancellation);

    private Task LimitMemoryAsync(string share) => rabbit.Server.LimitMemoryAsync(share, Cancellation);

    private static async Task AppendTheRestAsync(PublishingFixture publishing)
    {
        await publishing.AppendAsync<ChatMessageSent>("room-0", 900);
        for (var room = 1; room < 10; room++)
            await publishing.AppendAsync<ChatMessageSent>($"room-{room}", 1_000);
    }
}
