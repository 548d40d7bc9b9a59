using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Replicas;

/// <summary>Workers at one database: what one of them at a time does, and what one finds and all know.</summary>
public sealed class ReplicaDutyTests(RabbitMqFixture rabbit)
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Permalinks__PollInterval"] = "00:00:01",
        ["Discovery__Enabled"] = "true",
        ["Discovery__Interval"] = "00:00:01",
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task PermalinksAndDiscovery_AreDoneByOneAndTakenOverWhenItIsKilledOrStops()
    {
        await using var fixture = await ReplicaFixture.StartAsync(rabbit, replicas: 3, rooms: 0, Settings);
        await using var control = await fixture.ConnectAsync();
        var permalinks = Enumerable.Range(0, 3)
            .Select(_ => fixture.Simulator.CreatePermalink("Weekly", roomId: RabbitMqServer.UniqueName("permalink")))
            .ToList();
        foreach (var permalink in permalinks)
            await control.RequestAsync("ObservePermalink", $$"""{"token":"{{permalink.GuestToken}}"}""", Cancelled);
        await DoesItsWorkAsync(fixture, permalinks[0].Start().Id);

        var left = fixture.Replicas.ToList();
        var first = await OnDutyAsync(left);
        await first.KillAsync();
        left.Remove(first);
        await DoesItsWorkAsync(fixture, permalinks[1].Start().Id);

        var second = await OnDutyAsync(left);
        second.Send(ProcessSignal.Terminate);
        left.Remove(second);
        await OnDutyAsync(left);
        await DoesItsWorkAsync(fixture, permalinks[2].Start().Id);
        Assert.Contains(second.Output.Items, static line => line.Contains("Leaves permalinks to another replica", StringComparison.Ordinal));
    }

    [Fact(Timeout = 180_000)]
    public async Task RefusedKey_FoundByOne_IsKnownToAll()
    {
        await using var fixture = await ReplicaFixture.StartAsync(rabbit, replicas: 3, rooms: 3);
        var room = fixture.Simulator.CreateRoom(RabbitMqServer.UniqueName("replica"));
        fixture.Simulator.RefuseKey(ReplicaFixture.ApiKey);
        var before = fixture.Simulator.Counters.HandshakesUnauthorized;

        await using var control = await fixture.ConnectAsync();
        await control.ObserveAsync(room.Id, Cancelled);

        const string Found = "Eyeson rejects the API key of account default; the bridge";
        const string Told = "Another replica reports that Eyeson rejects the API key of account default";
        foreach (var replica in fixture.Replicas)
        {
            await replica.WhenReadyAsync(static (_, body) => body.ToJsonString().Contains("Eyeson rejects the API key of: default", StringComparison.Ordinal), Cancelled);
            await replica.Output.WhenAsync(
                "that the key is rejected", // which is said after it is known
                static lines => lines.Any(static line => line.Contains(Found, StringComparison.Ordinal) || line.Contains(Told, StringComparison.Ordinal)),
                Cancelled);
        }

        var found = fixture.Replicas.Sum(static replica => Count(replica, Found));
        var told = fixture.Replicas.Sum(static replica => Count(replica, Told));
        Assert.Equal((1, 2), (found, told));
        Assert.Equal(before + 1, fixture.Simulator.Counters.HandshakesUnauthorized);
    }

    /// <summary>A meeting that begins is noticed, of a permalink and without one.</summary>
    private static async Task DoesItsWorkAsync(ReplicaFixture fixture, string room)
    {
        var found = fixture.Simulator.CreateRoom(RabbitMqServer.UniqueName("found"));
        await fixture.Events.WhenAsync(room, "PermalinkMeetingStarted", Cancelled);
        await fixture.Events.WhenAsync(found.Id, "RoomStateReported", Cancelled);
    }

    /// <summary>The one that looks after permalinks.</summary>
    private static async Task<BridgeProcess> OnDutyAsync(IReadOnlyCollection<BridgeProcess> replicas)
    {
        using var found = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var waits = replicas
            .Select(replica => replica.Output.WhenAsync(
                "that it looks after permalinks", static lines => lines.Any(static line => line.Contains("Looks after permalinks", StringComparison.Ordinal)), found.Token))
            .ToList();
        var first = await Task.WhenAny(waits);
        await first;
        await found.CancelAsync();
        await ((Task)Task.WhenAll(waits)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return replicas.ElementAt(waits.IndexOf(first));
    }

    private static int Count(BridgeProcess replica, string text) =>
        replica.Output.Items.Count(line => line.Contains(text, StringComparison.Ordinal));
}
