using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Restart;

/// <summary>A worker that ends, in good order or not, and the next one on the same store.</summary>
public sealed class RestartTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ApiKey = "restart-key";

    private EyesonSimulator _simulator = null!;
    private EventCollector _events = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _events = await EventCollector.StartAsync(rabbit.Url, "IRoomEvent", Cancellation);
        _environment = new WorkerEnvironment(_simulator.Url, ApiKey, rabbit.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        await _simulator.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Terminate_MidMeeting_NextStartGoesOnWhereItWas()
    {
        var rooms = Enumerable.Range(0, 3).Select(_ => _simulator.CreateRoom(RabbitMqServer.UniqueName("restart"))).ToList();
        await using (var first = await StartAndObserveAsync(rooms))
        {
            Assert.Equal(0, await first.TerminateAsync());
            Assert.Contains(first.Output.Items, line => line.Contains("Released 3 rooms", StringComparison.Ordinal));
        }

        MeanwhileIn(rooms);
        await using var second = await _environment.StartReadyAsync(Cancellation);
        foreach (var room in rooms)
            await AssertWentOnAsync(room);

        await using var control = await _environment.ConnectAsync(Cancellation);
        var known = await control.RequestAsync("GetObservations", "{}", Cancellation);
        Assert.Equal(3, known.Message["items"]!.AsArray().Count(item => (string?)item!["status"] is "observing"));
        foreach (var room in rooms)
            room.Shutdown();
        foreach (var room in rooms)
            AssertNoHoles(await _events.WhenAsync(room.Id, "ObservationEnded", Cancellation));
        Assert.Equal(0, await second.TerminateAsync());
    }

    [Fact]
    public async Task Kill_MidMeeting_NothingCommittedIsLost()
    {
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("killed"));
        var first = await StartAndObserveAsync([room]);
        for (var i = 0; i < 200; i++)
            room.Chat($"message {i}", "u1");
        await _events.WhenAsync(room.Id, "ChatMessageSent", Cancellation, count: 20);
        await first.KillAsync(); // some events wait in the outbox, some are published and not yet deleted from it
        await first.DisposeAsync();

        MeanwhileIn([room]);
        await using var second = await _environment.StartReadyAsync(Cancellation);
        await AssertWentOnAsync(room);
        room.Shutdown();

        var events = await _events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        AssertNoHoles(events);
        var texts = events.Where(happened => happened.Type is "ChatMessageSent").Select(happened => (string)happened.Message["content"]!).Distinct(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(0, texts.Count).Select(i => $"message {i}"), texts, StringComparer.Ordinal);
        Assert.True(texts.Count >= 20, $"{texts.Count} messages");
    }

    private async Task<BridgeProcess> StartAndObserveAsync(IReadOnlyList<SimulatedRoom> rooms)
    {
        var bridge = await _environment.StartReadyAsync(Cancellation);
        await using var control = await _environment.ConnectAsync(Cancellation);
        foreach (var room in rooms)
        {
            room.Join(new SimulatedUser("u1", "Ada"));
            await control.ObserveAsync(room.Id, Cancellation);
        }

        foreach (var room in rooms)
            await _events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        return bridge;
    }

    private static void MeanwhileIn(IReadOnlyList<SimulatedRoom> rooms)
    {
        foreach (var room in rooms)
        {
            room.Leave("u1");
            room.Join(new SimulatedUser("u2", "Grace"));
        }
    }

    private async Task AssertWentOnAsync(SimulatedRoom room)
    {
        var events = await _events.WhenAsync(room.Id, "RoomStateReported", Cancellation, count: 2);
        var after = Distinct(events).SkipWhile(happened => happened.Type is not "ObservationInterrupted").ToList();

        Assert.Equal(["ObservationInterrupted", "ObservationResumed"], after.Take(2).Select(happened => happened.Type), StringComparer.Ordinal);
        Assert.Equal("bridgeRestarted", (string?)after[0].Message["reason"]);
        var resumed = after[1].Message;
        Assert.Equal((string?)after[0].Message["occurredAt"], (string?)resumed["gapFrom"]);
        Assert.Equal((string?)resumed["observedAt"], (string?)resumed["gapTo"]);
        Assert.Equal("""{"ParticipantJoined":1,"ParticipantLeft":1}""", Sorted(resumed["recovered"]!.AsObject()));
        Assert.Contains("ChatMessageSent", resumed["unrecoverable"]!.AsArray().Select(type => (string)type!), StringComparer.Ordinal);

        var found = after.Skip(2).Take(2).ToDictionary(happened => happened.Type, StringComparer.Ordinal);
        Assert.All(found.Values, happened => Assert.Equal("snapshot", happened.Origin));
        Assert.Equal("u1", (string?)found["ParticipantLeft"].Message["participant"]!["id"]);
        Assert.Equal("u2", (string?)found["ParticipantJoined"].Message["participant"]!["id"]);
        Assert.Equal("RoomStateReported", after[4].Type);
    }

    /// <summary>1, 2, 3 … in order; a repeat after a crash is the very same event.</summary>
    private static void AssertNoHoles(IReadOnlyList<ReceivedEvent> events)
    {
        var distinct = Distinct(events);
        Assert.Equal(Enumerable.Range(1, distinct.Count).Select(number => (long)number), distinct.Select(happened => happened.Sequence));
        Assert.All(events.GroupBy(happened => happened.Sequence), repeats => Assert.Single(repeats.Select(happened => happened.Message.ToJsonString()).Distinct(StringComparer.Ordinal)));
    }

    private static List<ReceivedEvent> Distinct(IReadOnlyList<ReceivedEvent> events) => [.. events.DistinctBy(happened => happened.Sequence)];

    private static string Sorted(System.Text.Json.Nodes.JsonObject counts) =>
        $"{{{string.Join(",", counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}";
}
