using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Observation;

namespace EyesonBridge.Tests.Accounts;

/// <summary>All rooms are dropped at once: they come back as fast as the bucket allows, and no faster.</summary>
[Collection(Alone.Name)]
public sealed class AccountGateHandshakeTests
{
    /// <summary>The bucket fills a little while the clock moves through the first pauses, and pauses are rounded.</summary>
    private const int Slack = 2;

    /// <summary>The second is the default bucket, with as many rooms as it is made for.</summary>
    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData(300, 100, 100)]
    [InlineData(2_000, 1_000, 200)]
    public async Task Drop_AllRoomsAtOnce_ComeBackInTheTimeThatTheBucketAllows(int rooms, int burst, int perSecond)
    {
        var time = ObservationBench.ManualTime();
        await using var bridge = await ObservationBench.CreateAsync(time);
        bridge.Pace.HandshakeBurst = burst;
        bridge.Pace.HandshakesPerSecond = perSecond;
        bridge.Options.ReconnectWithin = TimeSpan.FromMilliseconds(1); // all at once: the pause before spreads nothing
        var ids = Enumerable.Range(0, rooms).Select(number => $"room-{number}").ToList();
        ids.ForEach(room => bridge.Eyeson.CreateRoom(room));
        await Task.WhenAll(ids.Select(room => bridge.RegisterAsync(room)));
        await bridge.StartAsync();
        await time.AdvanceUntilAsync(() => bridge.Log.Count(3000) == rooms);
        time.Advance(TimeSpan.FromSeconds(1.0 * burst / perSecond)); // the bucket is full again
        var before = bridge.Eyeson.Counters.HandshakesAccepted;

        Assert.Equal(rooms, bridge.Eyeson.Drop(DropKind.Rst));
        time.Advance(bridge.Options.ReconnectWithin);
        await bridge.Log.WhenAsync(3002, burst);
        var atOnce = bridge.Eyeson.Counters.HandshakesAccepted - before;

        // The last has its turn when the bucket has had the time for all beyond the burst, and not a moment earlier.
        var half = (rooms - burst) / 2;
        var untilHalf = TimeSpan.FromSeconds(1.0 * half / perSecond);
        time.Advance(untilHalf);
        await bridge.Log.WhenAsync(3002, burst + half - Slack);
        var halfway = bridge.Eyeson.Counters.HandshakesAccepted - before;
        time.Advance(untilHalf + TimeSpan.FromMilliseconds(1)); // pauses are rounded
        await bridge.Log.WhenAsync(3002, rooms);

        Assert.InRange(atOnce, burst, burst + Slack);
        Assert.InRange(halfway, burst + half - Slack, burst + half + Slack);
        Assert.Equal(rooms, bridge.Eyeson.Counters.HandshakesAccepted - before); // one attempt each
        Assert.Equal(0, bridge.Eyeson.Counters.HandshakesRefused);
        Assert.Equal(rooms, bridge.Eyeson.Counters.OpenSockets);
        Assert.All(bridge.Eyeson.Rooms, room => Assert.Equal(1, room.Observers));
        Assert.Equal(rooms, bridge.Log.Count(3001));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Start_AmongOtherReplicas_HasItsPartBeforeItConnects()
    {
        await using var bridge = await ObservationBench.CreateAsync(ObservationBench.ManualTime());
        bridge.Store.Share = new ReplicaShare(Replicas: 4, Rooms: 4, Held: 0, Free: 1);
        bridge.Eyeson.CreateRoom("room");
        await bridge.RegisterAsync("room");

        await bridge.StartAsync();
        await bridge.Log.WhenAsync(3000, 1);

        Assert.Equal(0.25, bridge.Accounts.Part);
    }
}
