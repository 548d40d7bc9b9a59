using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>All rooms are dropped at once: they come back as fast as the bucket allows, and no faster.</summary>
public sealed class HandshakeTests
{
    [Theory]
    [InlineData(2_000, 1_000, 500)]
    public async Task Drop_ManyRoomsAtOnce_ComeBackInTheTimeThatTheBucketAllows(int rooms, int burst, int perSecond)
    {
        var time = GapFixture.ManualTime();
        await using var bridge = await GapFixture.CreateAsync(time);
        bridge.Options.HandshakeBurst = burst;
        bridge.Options.HandshakesPerSecond = perSecond;
        for (var number = 0; number < rooms; number++)
        {
            bridge.Eyeson.CreateRoom($"room-{number}");
            await bridge.RegisterAsync($"room-{number}");
        }

        await bridge.StartAsync();
        await bridge.PumpUntilAsync(time, () => bridge.Log.Count(3000) == rooms);
        time.Advance(TimeSpan.FromSeconds(1.0 * burst / perSecond)); // the bucket is full again
        var before = bridge.Eyeson.Counters.HandshakesAccepted;

        Assert.Equal(rooms, bridge.Eyeson.Drop(DropKind.Rst));
        await bridge.Log.WhenAsync(3005, rooms);
        await time.WhenArmedAsync(rooms + 1, GapFixture.Cancelled); // all pause; and the supervisor's round
        time.Advance(bridge.Options.ReconnectWithin);
        await bridge.Log.WhenAsync(3002, burst);
        await time.WhenArmedAsync(rooms - burst + 1, GapFixture.Cancelled);
        var atOnce = bridge.Eyeson.Counters.HandshakesAccepted - before;

        // The last has its turn when the bucket has had the time for all beyond the burst, and not a moment earlier.
        var rest = TimeSpan.FromSeconds(1.0 * (rooms - burst) / perSecond);
        time.Advance(rest / 2);
        await bridge.Log.WhenAsync(3002, burst + ((rooms - burst) / 2) - (perSecond / 10));
        var halfway = bridge.Eyeson.Counters.HandshakesAccepted - before;
        time.Advance(rest / 2);
        await bridge.Log.WhenAsync(3002, rooms);

        // While the first came back the clock stood, but for the pauses of up to 50 ms.
        var slack = (int)(perSecond * bridge.Options.ReconnectWithin.TotalSeconds) + 1;
        Assert.InRange(atOnce, burst, burst + slack);
        Assert.InRange(halfway, burst, burst + ((rooms - burst) / 2) + slack);
        Assert.Equal(rooms, bridge.Eyeson.Counters.HandshakesAccepted - before); // one attempt each
        Assert.Equal(0, bridge.Eyeson.Counters.HandshakesRefused);
        Assert.Equal(rooms, bridge.Eyeson.Counters.OpenSockets);
        Assert.All(bridge.Eyeson.Rooms, room => Assert.Equal(1, room.Observers));
        Assert.Equal(rooms, bridge.Log.Count(3001));
    }
}
