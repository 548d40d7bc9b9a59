using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class HeartbeatTests
{
    [Fact]
    public async Task Ping_EveryThreeSeconds_CarriesUnixSeconds()
    {
        var clock = new ManualTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_702_288_218));
        await using var simulator = await StartAsync(clock);
        using var observer = await Observer.SubscribedAsync(simulator, simulator.FindRoom("room")!);

        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("""{"type":"ping","message":1702288221}""", await observer.ReceiveAsync());
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("""{"type":"ping","message":1702288224}""", await observer.ReceiveAsync());
    }

    [Fact]
    public async Task MutePings_InOneRoom_EventsGoOnAndOtherRoomsArePinged()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await StartAsync(clock);
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);
        using var other = await Observer.SubscribedAsync(simulator, simulator.CreateRoom("other"));

        room.Faults.MutePings = true;
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("ping", await other.ReceiveAsync(), StringComparison.Ordinal);
        room.Lock();

        Assert.Contains("\"lock\"", await observer.ReceiveAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MuteAll_UntilReset_SwallowsEverything()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await StartAsync(clock);
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);
        using var other = await Observer.SubscribedAsync(simulator, simulator.CreateRoom("other"));

        room.Faults.MuteAll = true;
        room.Lock();
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Contains("ping", await other.ReceiveAsync(), StringComparison.Ordinal);
        room.Faults.Reset();
        room.Unlock();

        Assert.False((await observer.ReceiveEventAsync()).GetProperty("locked").GetBoolean());
        Assert.Equal(2, room.Sent.Count);
    }

    private static async Task<EyesonSimulator> StartAsync(ManualTimeProvider clock)
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { TimeProvider = clock }, TestContext.Current.CancellationToken);
        simulator.CreateRoom("room");
        return simulator;
    }
}
