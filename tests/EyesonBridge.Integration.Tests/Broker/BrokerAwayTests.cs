using System.Net;
using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Broker;

/// <summary>A broker that is away when the worker starts, and one that goes away and comes back.</summary>
public sealed class BrokerAwayTests(PrivateRabbitMqFixture rabbit) : IClassFixture<PrivateRabbitMqFixture>, IAsyncLifetime
{
    private const string ApiKey = "broker-key";

    private EyesonSimulator _simulator = null!;
    private EventCollector _events = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _events = await EventCollector.StartAsync(rabbit.Server.Url, "IRoomEvent", Cancellation);
        _environment = new WorkerEnvironment(_simulator.Url, ApiKey, rabbit.Server.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _simulator.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Broker_AwayAndBack_EventsWaitAndArriveInOrder()
    {
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("away"));
        await using var bridge = await StartAndObserveAsync(room);

        await rabbit.Server.StopAsync(Cancellation);
        await bridge.WhenReadyAsync(OnlyTheBusIsAway, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await bridge.GetHealthAsync("live", Cancellation)).Status);
        SayMuch(room);
        await rabbit.Server.RestartAsync(Cancellation);

        await AssertAllArrivedInOrderAsync(room);
        await bridge.WhenReadyAsync(Cancellation);
        Assert.Equal(0, await bridge.TerminateAsync());
    }

    [Fact]
    public async Task Broker_AwayAtTheStart_RoomsAreObservedAndEventsArriveLater()
    {
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("late"));
        await using (var first = await StartAndObserveAsync(room))
            Assert.Equal(0, await first.TerminateAsync());
        await rabbit.Server.StopAsync(Cancellation);

        await using var second = _environment.Start();
        await room.WhenSubscribedAsync(1, Cancellation);
        await second.WhenReadyAsync(OnlyTheBusIsAway, Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await second.GetHealthAsync("live", Cancellation)).Status);
        SayMuch(room);
        await rabbit.Server.RestartAsync(Cancellation);

        await AssertAllArrivedInOrderAsync(room);
        Assert.Equal(0, await second.TerminateAsync());
    }

    [Fact]
    public async Task Terminate_BrokerAway_EndsInTimeAndTheNextStartPublishes()
    {
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("kept"));
        await using (var first = await StartAndObserveAsync(room))
        {
            await rabbit.Server.StopAsync(Cancellation);
            SayMuch(room);
            Assert.Equal(0, await first.TerminateAsync());
        }

        await rabbit.Server.RestartAsync(Cancellation);
        await using var second = await _environment.StartReadyAsync(Cancellation);
        var events = await _events.WhenAsync(room.Id, "ObservationResumed", Cancellation);
        AssertNoHoles(events);
        var heard = events.Where(happened => happened.Type is "ChatMessageSent").Select(happened => (string)happened.Message["content"]!).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(0, heard.Count).Select(i => $"message {i}"), heard, StringComparer.Ordinal);
    }

    private async Task<BridgeProcess> StartAndObserveAsync(SimulatedRoom room)
    {
        var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);
        await control.ObserveAsync(room.Id, Cancellation);
        await _events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        await rabbit.Server.FlushDeclarationsAsync(Cancellation);
        return bridge;
    }

    private static void SayMuch(SimulatedRoom room)
    {
        for (var i = 0; i < 100; i++)
            room.Chat($"message {i}", "u1");
    }

    private async Task AssertAllArrivedInOrderAsync(SimulatedRoom room)
    {
        var events = (await _events.WhenAsync(room.Id, "ChatMessageSent", Cancellation, count: 100)).DistinctBy(happened => happened.Sequence).ToList();
        AssertNoHoles(events);
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"message {i}"),
            events.Where(happened => happened.Type is "ChatMessageSent").Select(happened => (string)happened.Message["content"]!), StringComparer.Ordinal);
    }

    private static void AssertNoHoles(IReadOnlyList<ReceivedEvent> events)
    {
        var sequences = events.Select(happened => happened.Sequence).Distinct().ToList();
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (long)number), sequences);
    }

    private static bool OnlyTheBusIsAway(HttpStatusCode status, JsonObject health) =>
        status == HttpStatusCode.ServiceUnavailable
        && (string?)health["checks"]!["bus"]!["status"] is "unhealthy"
        && (string?)health["checks"]!["store"]!["status"] is "healthy";
}
