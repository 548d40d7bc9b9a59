using System.Reflection;
using System.Text.Json.Nodes;
using EyesonBridge.Contracts.Tests.Samples;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using MassTransit;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>MassTransit's consumers read every event, as they come: with default settings, and in an earlier version.</summary>
public sealed class MassTransitConsumerTests(RabbitMqFixture rabbit)
{
    private static readonly List<RoomEvent> Events =
        [.. Sample.Messages.Values.OfType<RoomEvent>().OrderBy(happened => happened.GetType().Name, StringComparer.Ordinal)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consumer_OfEveryType_GetsThemAsTheyAre(bool isThereBefore)
    {
        var roomId = RabbitMqServer.UniqueName("consumed");
        var received = new SignalledList<RoomEvent>();
        await using var publishing = await PublishingFixture.StartAsync(rabbit.Url);
        if (!isThereBefore)
            await PublishAllAsync(publishing, RabbitMqServer.UniqueName("earlier"));
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(rabbit.Url);
            configurator.ReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint => ListenToAll(endpoint, received));
        });
        await bus.StartAsync(Cancellation);
        try
        {
            await PublishAllAsync(publishing, roomId);

            var ofRoom = Of(await received.WhenAsync("all events", events => Of(events, roomId).Count >= Events.Count, Cancellation), roomId);
            Assert.Equal(Events.ConvertAll(happened => happened.GetType()), ofRoom.ConvertAll(happened => happened.GetType()));
            Assert.All(Events.Zip(ofRoom), pair => Assert.Equivalent(
                pair.First with { RoomId = roomId, EventId = pair.Second.EventId, Sequence = pair.Second.Sequence }, pair.Second, strict: true));
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consumer_OfTheInterface_GetsEverything(bool isThereBefore)
    {
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("interface"), Cancellation);
        var received = new SignalledList<IRoomEvent>();
        await using var publishing = await PublishingFixture.StartAsync(broker);
        if (!isThereBefore)
            await PublishAllAsync(publishing, "room");
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(broker);
            configurator.ReceiveEndpoint("everything", endpoint =>
            {
                endpoint.ConcurrentMessageLimit = 1;
                endpoint.Handler<IRoomEvent>(context =>
                {
                    received.Add(context.Message);
                    return Task.CompletedTask;
                });
            });
        });
        await bus.StartAsync(Cancellation);
        try
        {
            await PublishAllAsync(publishing, "room");

            var last = isThereBefore ? Events.Count : 2 * Events.Count;
            var events = await received.WhenAsync("the last event", events => events.Any(happened => happened.Sequence == last), Cancellation);
            Assert.InRange(events[0].Sequence, 1, last - Events.Count + 1); // some of the earlier ones may still have been on their way
            Assert.Equal(Enumerable.Range((int)events[0].Sequence, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task EarlierConsumer_OfEveryType_GetsThemAsTheyAre()
    {
        var broker = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("earlier"), Cancellation);
        await using var publishing = await PublishingFixture.StartAsync(broker);
        await using var consumer = AttachedProcess.Start("dotnet", [PathOfEarlierConsumer(), broker.AbsoluteUri, "all-types"]);
        Assert.StartsWith("ready 8.4.", await consumer.ReadLineAsync(Cancellation), StringComparison.Ordinal);

        await PublishAllAsync(publishing, "room");

        var printed = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (printed.Count < Events.Count)
        {
            var fields = (await consumer.ReadLineAsync(Cancellation)).Split('\t');
            printed.Add(fields[0], fields);
        }

        Assert.All(Events, happened =>
        {
            var fields = printed[happened.GetType().Name];
            var message = JsonNode.Parse(fields[3])!;
            var expected = JsonNode.Parse(EventSerializer.Write(happened with { RoomId = "room" }))!;
            (expected["eventId"], expected["sequence"]) = (fields[1], message["sequence"]!.DeepClone());
            Assert.Equal("room", fields[2]);
            Assert.True(JsonNode.DeepEquals(expected, message), $"expected: {expected.ToJsonString()}\nactual:   {message.ToJsonString()}");
        });
    }

    private static async Task PublishAllAsync(PublishingFixture publishing, string roomId) => await publishing.AppendAsync(roomId, Events);

    private static List<RoomEvent> Of(IReadOnlyList<RoomEvent> events, string roomId) =>
        [.. events.Where(happened => string.Equals(happened.RoomId, roomId, StringComparison.Ordinal)).OrderBy(happened => happened.Sequence)];

    private static void ListenToAll(IReceiveEndpointConfigurator endpoint, SignalledList<RoomEvent> received)
    {
        var listen = typeof(MassTransitConsumerTests).GetMethod(nameof(Listen), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var happened in Events)
            listen.MakeGenericMethod(happened.GetType()).Invoke(null, [endpoint, received]);
    }

    private static void Listen<TEvent>(IReceiveEndpointConfigurator endpoint, SignalledList<RoomEvent> received)
        where TEvent : RoomEvent =>
        endpoint.Handler<TEvent>(context =>
        {
            received.Add(context.Message);
            return Task.CompletedTask;
        });

    private static string PathOfEarlierConsumer()
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        const string Name = "EyesonBridge.EarlierConsumer";
        return RepositoryRoot.PathTo("tests", Name, "bin", framework.Parent!.Name, framework.Name, $"{Name}.dll");
    }
}
