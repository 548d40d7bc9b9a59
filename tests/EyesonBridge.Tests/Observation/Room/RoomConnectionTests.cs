using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using EyesonBridge.Tests.Bus;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>From when on something may have been missed, should the process end now.</summary>
public sealed class RoomConnectionTests
{
    [Fact(Timeout = 60_000)]
    public async Task OnMessageAsync_FrameReadLate_StoresWhenReadingHadCaughtUp()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var store = bridge.Store;
        using var journal = new RoomJournal(store, await SqliteFixture.HoldAsync(store), "me", Envelopes.Writer, CancellationToken.None);
        var connection = bridge.Connection(journal);
        var read = new DateTimeOffset(2026, 3, 1, 10, 5, 0, TimeSpan.Zero);

        await connection.OnMessageAsync(new CableMessage(
            """{"type":"lock","value":true}"""u8.ToArray(), StreamId: null, Epoch: null, Offset: null, read, CaughtUpAt: read.AddSeconds(-5)));
        await connection.CloseAsync();

        var row = await store.FindRoomAsync(journal.RoomId, SqliteFixture.Cancelled);
        Assert.Equal(read.AddSeconds(-5), row!.HeardAt);
        Assert.Equal(read, row.StatusSince); // the frame itself was read when it was read
    }
}
