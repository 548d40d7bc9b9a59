using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Bus;
using EyesonBridge.Tests.Storage.Sqlite;
using EyesonBridge.Tests.Telemetry;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>How long it takes until a room that was taken over is observed again.</summary>
public sealed class RoomTakeoverTests
{
    [Fact(Timeout = 60_000)]
    public async Task Takeover_RoomThatIsHeardAgain_IsCountedAndTimedOnceFromTheEndOfTheLease()
    {
        using var measured = new Measured("eyeson_bridge.takeovers", "eyeson_bridge.takeover.duration");
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateAsync();
        var store = bridge.Store;
        var row = await SqliteFixture.HoldAsync(store);
        using var journal = new RoomJournal(store, row, "me", Envelopes.Writer, CancellationToken.None)
        {
            Takeover = RoomTakeover.Of(row with { LeftFor = TimeSpan.FromSeconds(2) }, time),
        };
        Assert.Equal(["eyeson_bridge.takeovers"], measured.Values.Select(static value => value.Instrument));

        time.Advance(TimeSpan.FromSeconds(3));
        var connection = bridge.Connection(journal);
        for (var frame = 0; frame < 2; frame++)
        {
            await connection.OnMessageAsync(new CableMessage(
                """{"type":"lock","value":true}"""u8.ToArray(), StreamId: null, Epoch: null, Offset: null, time.GetUtcNow(), CaughtUpAt: time.GetUtcNow()));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await bridge.Connection(journal).OnMessageAsync(new CableMessage( // it was connected again
            """{"type":"lock","value":true}"""u8.ToArray(), StreamId: null, Epoch: null, Offset: null, time.GetUtcNow(), CaughtUpAt: time.GetUtcNow()));
        await connection.CloseAsync();

        Assert.Equal([("eyeson_bridge.takeovers", 1.0), ("eyeson_bridge.takeover.duration", 5.0)], measured.Values.Select(static value => (value.Instrument, value.Value)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Takeover_AnyOtherClaim_IsNone()
    {
        await using var bridge = await ObservationBench.CreateAsync();

        Assert.Null(RoomTakeover.Of(await SqliteFixture.HoldAsync(bridge.Store), TimeProvider.System));
    }
}
