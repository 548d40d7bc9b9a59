using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Replicas;

/// <summary>Three workers at one database: one is killed, one is frozen for longer than its lease, and the database goes away.</summary>
public sealed class ReplicaTests(RabbitMqFixture rabbit)
{
    private static readonly TimeSpan TakenOverWithin = SignalledList<string>.Patience; // how long it takes is measured, on a machine that does nothing else

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Rooms_OfReplicasThatDieOrFreeze_AreTakenOverWholeAndTheFrozenOnePublishesNothing()
    {
        await using var fixture = await ReplicaFixture.StartAsync(
            rabbit, replicas: 3, rooms: 9, new Dictionary<string, string>(StringComparer.Ordinal) { ["Management__Prometheus"] = "true" });
        var owners = await fixture.OwnersAsync();
        Assert.All(owners.GroupBy(static room => room.Value, StringComparer.Ordinal), rooms => Assert.InRange(rooms.Count(), 1, 5));

        for (var number = 0; number < 50; number++)
            fixture.Chat($"before {number}");
        await fixture.Replicas[0].KillAsync();
        fixture.Chat("meanwhile");
        var former = owners;
        owners = await WhenTakenOverAsync(fixture, owners, replicas: 2);
        await AssertMeasuredAsync(fixture.Replicas.Skip(1), owners.Count(room => former[room.Key] != room.Value));

        for (var number = 0; number < 50; number++)
            fixture.Chat($"between {number}");
        await WhenSaidAsync(fixture, "between 49"); // what is on its way to the broker when it freezes would be sent afterwards, as a repeat
        fixture.Replicas[1].Send(ProcessSignal.Stop);
        fixture.Chat("meanwhile too");
        await WhenTakenOverAsync(fixture, owners, replicas: 1);
        fixture.Chat("after");
        await WhenSaidAsync(fixture, "after");

        var before = fixture.Rooms.ToDictionary(room => room.Id, room => fixture.Events.Of(room.Id).Count, StringComparer.Ordinal);
        fixture.Replicas[1].Send(ProcessSignal.Continue);
        await fixture.Replicas[1].Output.WhenAsync("its lease again", lines => lines.Any(line => line.Contains("still publishes 0 rooms", StringComparison.Ordinal)), Cancelled);
        Assert.All(fixture.Rooms, room => Assert.Equal(before[room.Id], fixture.Events.Of(room.Id).Count));
        await fixture.AssertWholeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task Database_AwayForLongerThanALease_NothingIsLostAndReplicasGoOnWithWhatTheyHad()
    {
        await using var fixture = await ReplicaFixture.StartAsync(rabbit, replicas: 2, rooms: 4);
        var owners = await fixture.OwnersAsync();
        fixture.Chat("before");
        await fixture.WhenAllAsync("ChatMessageSent", 1);

        await fixture.Database.StopAsync(Cancelled);
        fixture.Chat("meanwhile");
        foreach (var replica in fixture.Replicas)
        {
            await replica.WhenReadyAsync(static (_, body) => body.ToJsonString().Contains("the database", StringComparison.Ordinal), Cancelled);
            await replica.Output.WhenAsync("the lapse of its lease", lines => lines.Any(line => line.Contains("could not be renewed in time", StringComparison.Ordinal)), Cancelled);
        }

        fixture.Chat("meanwhile too");
        await fixture.Database.RestartAsync(Cancelled);

        await fixture.WhenAllAsync("ChatMessageSent", 3);
        foreach (var replica in fixture.Replicas)
            await replica.WhenReadyAsync(Cancelled);
        Assert.Equivalent(owners, await fixture.OwnersAsync(), strict: true);
        Assert.All(fixture.Rooms, room => Assert.DoesNotContain(fixture.Events.Of(room.Id), happened => happened.Type is "ObservationInterrupted"));
        await fixture.AssertWholeAsync();
    }

    [Fact(Timeout = 180_000)]
    public async Task Status_OfAnyReplica_IsOfAllAndNamesTheOwnerOfEachRoom()
    {
        await using var fixture = await ReplicaFixture.StartAsync(rabbit, replicas: 2, rooms: 4);
        var owners = await fixture.OwnersAsync();
        Assert.Equal(2, owners.Values.Distinct(StringComparer.Ordinal).Count());

        foreach (var replica in fixture.Replicas)
        {
            using var http = new HttpClient { BaseAddress = await replica.ListensAtAsync(Cancelled) };
            var status = await GetAsync(http, "/api/status");
            Assert.Equal(owners.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), status["replicas"]!.AsArray().Select(one => (string?)one!["name"]));
            Assert.All(status["replicas"]!.AsArray(), one => Assert.Equal(("healthy", 2), ((string?)one!["health"], (int)one["rooms"]!)));
            Assert.Equal((string?)status["replica"], (string?)Assert.Single(status["replicas"]!.AsArray(), one => (bool)one!["isThis"]!)!["name"]);

            var rooms = (await GetAsync(http, "/api/rooms"))["items"]!.AsArray();
            Assert.Equivalent(owners, rooms.ToDictionary(room => (string)room!["roomId"]!, room => (string)room!["owner"]!, StringComparer.Ordinal), strict: true);
            foreach (var room in fixture.Rooms)
            {
                var told = await GetAsync(http, $"/api/rooms/{room.Id}");
                Assert.Equal((true, owners[room.Id]), ((bool)told["isTold"]!, (string?)told["room"]!["owner"]));
                Assert.Contains("RoomStateReported", told["events"]!.AsArray().Select(happened => (string?)happened!["type"]));
                Assert.Equal((0, 1), ((int)told["room"]!["reconnects"]!, (int)told["meeting"]!["participants"]!));
                Assert.Contains(owners[room.Id], await http.GetStringAsync(new Uri($"/room?id={room.Id}", UriKind.Relative), Cancelled), StringComparison.Ordinal);
            }
        }

        var others = fixture.Replicas[1];
        await fixture.Replicas[0].KillAsync();
        using var left = new HttpClient { BaseAddress = await others.ListensAtAsync(Cancelled) };
        while ((await GetAsync(left, "/api/status"))["replicas"]!.AsArray() is not [var one] || (int)one!["rooms"]! != 4)
            await Task.Yield();
    }

    /// <summary>Waits until it is known of every room that somebody said so.</summary>
    private static async Task WhenSaidAsync(ReplicaFixture fixture, string text)
    {
        foreach (var room in fixture.Rooms)
            await fixture.Events.WhenAsync(room.Id, text, events => events.Any(happened => IsSaid(happened, text)), Cancelled);
    }

    private static bool IsSaid(ReceivedEvent happened, string text) =>
        happened.Type is "ChatMessageSent" && string.Equals((string?)happened.Message["content"], text, StringComparison.Ordinal);

    /// <summary>Those that are left see each other, and what they took over, each room once.</summary>
    private static async Task AssertMeasuredAsync(IEnumerable<BridgeProcess> replicas, int takenOver)
    {
        var (rooms, times) = (0.0, 0.0);
        foreach (var replica in replicas)
        {
            var text = await ScrapedMetrics.WhenAsync(
                replica, static text => Sum(text, "eyeson_bridge_replicas") is 2 && Sum(text, "eyeson_bridge_rooms_unowned") is 0, Cancelled);
            rooms += Sum(text, "eyeson_bridge_takeovers_total");
            times += Sum(text, "eyeson_bridge_takeover_duration_seconds_count");
            Assert.InRange(Sum(text, "eyeson_bridge_takeover_duration_seconds_sum"), 0, TakenOverWithin.TotalSeconds * takenOver);
        }

        Assert.Equal((takenOver, takenOver), ((int)rooms, (int)times));
    }

    private static double Sum(string scraped, string metric) => scraped.Split('\n')
        .Where(line => line.StartsWith($"{metric}{{", StringComparison.Ordinal) || line.StartsWith($"{metric} ", StringComparison.Ordinal))
        .Sum(static line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], System.Globalization.CultureInfo.InvariantCulture));

    private static async Task<JsonNode> GetAsync(HttpClient http, string path) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri(path, UriKind.Relative), Cancelled))!;

    /// <summary>Waits until so many replicas own all rooms, and observe again those that were another's.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> WhenTakenOverAsync(
        ReplicaFixture fixture, IReadOnlyDictionary<string, string> before, int replicas)
    {
        var resumed = fixture.Rooms.ToDictionary(static room => room.Id, room => Resumed(fixture.Events.Of(room.Id)), StringComparer.Ordinal);
        var begun = TimeProvider.System.GetTimestamp();
        IReadOnlyDictionary<string, string> owners;
        do
        {
            owners = await fixture.OwnersAsync();
            Assert.True(
                TimeProvider.System.GetElapsedTime(begun) < TakenOverWithin,
                $"After {TakenOverWithin.TotalSeconds} s the {owners.Count} rooms that have an owner are spread over {owners.Values.Distinct(StringComparer.Ordinal).Count()}.");
        }
        while (owners.Values.Distinct(StringComparer.Ordinal).Count() != replicas || owners.Count != fixture.Rooms.Count);

        foreach (var (roomId, _) in owners.Where(room => before[room.Key] != room.Value))
            await fixture.Events.WhenAsync(roomId, "that it is observed again", events => Resumed(events) > resumed[roomId], Cancelled);
        return owners;
    }

    private static int Resumed(IReadOnlyList<ReceivedEvent> events) =>
        events.DistinctBy(static happened => happened.Sequence).Count(static happened => happened.Type is "ObservationResumed");
}
