using EyesonBridge.Contracts.V1;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using MassTransit;

namespace EyesonBridge.Integration.Tests.Spine;

/// <summary>Who subscribes to what gets what, with MassTransit and without.</summary>
public sealed class SubscriptionTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MassTransitConsumers_OfAnInterfaceOrOneType_GetThatAndNothingElse()
    {
        var everything = new SignalledList<IRoomEvent>();
        var meeting = new SignalledList<IMeetingEvent>();
        var observation = new SignalledList<IObservationEvent>();
        var joins = new SignalledList<ParticipantJoined>();
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(bridge.Broker);
            Listen(configurator, everything);
            Listen(configurator, meeting);
            Listen(configurator, observation);
            Listen(configurator, joins);
        });
        await bus.StartAsync(Cancellation);
        try
        {
            var room = await bridge.ObserveNewRoomAsync("subscribed");
            room.Join(new SimulatedUser("u1", "Ada"));
            room.Chat("hello", "u1");
            room.Shutdown();
            var expected = (await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation)).Select(happened => happened.Sequence).ToList();

            Assert.Equal(
                ["ObservationStarted", "MeetingStarted", "RoomStateReported", "ParticipantJoined", "ChatMessageSent", "ParticipantLeft", "MeetingEnded", "ObservationEnded"],
                bridge.Events.Of(room.Id).Select(happened => happened.Type), StringComparer.Ordinal);
            Assert.Equal(expected, await SequencesAsync(everything, room.Id, 8));
            Assert.Equal([2, 4, 5, 6, 7], await SequencesAsync(meeting, room.Id, 5));
            Assert.Equal([1, 3, 8], await SequencesAsync(observation, room.Id, 3));
            Assert.Equal([4], await SequencesAsync(joins, room.Id, 1));
            Assert.Equal("Ada", joins.Items.Single(joined => string.Equals(joined.RoomId, room.Id, StringComparison.Ordinal)).Participant.Name);
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("IMeetingEvent", new[] { "MeetingStarted", "RoomLocked", "MeetingEnded" })]
    [InlineData("IObservationEvent", new[] { "ObservationStarted", "RoomStateReported", "ObservationEnded" })]
    [InlineData("RoomLocked", new[] { "RoomLocked" })]
    public async Task Queue_BoundToOneExchange_GetsThatAndNothingElse(string exchange, string[] types)
    {
        await using var collector = await EventCollector.StartAsync(bridge.Broker, exchange, Cancellation);
        var room = await bridge.ObserveNewRoomAsync("bound");

        room.Lock();
        room.Shutdown();

        await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        var received = await collector.WhenAsync(room.Id, types[^1], Cancellation);
        Assert.Equal(types, received.Select(happened => happened.Type), StringComparer.Ordinal);
    }

    private static void Listen<TEvent>(IRabbitMqBusFactoryConfigurator configurator, SignalledList<TEvent> received)
        where TEvent : class =>
        configurator.ReceiveEndpoint(new TemporaryEndpointDefinition(), null, endpoint =>
        {
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.Handler<TEvent>(context =>
            {
                received.Add(context.Message);
                return Task.CompletedTask;
            });
        });

    private static async Task<IEnumerable<long>> SequencesAsync<TEvent>(SignalledList<TEvent> received, string roomId, int count)
        where TEvent : class, IRoomEvent =>
        Of(await received.WhenAsync($"{count} {typeof(TEvent).Name}", events => Of(events, roomId).Count() >= count, Cancellation), roomId);

    private static IEnumerable<long> Of(IReadOnlyList<IRoomEvent> events, string roomId) =>
        from happened in events
        where string.Equals(happened.RoomId, roomId, StringComparison.Ordinal)
        select happened.Sequence;
}
