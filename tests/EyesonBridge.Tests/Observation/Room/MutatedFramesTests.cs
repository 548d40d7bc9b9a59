using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>A hundred thousand frames that are nearly right, through session, normalizer and journal into a real file.</summary>
[Collection(Alone.Name)]
public sealed class MutatedFramesTests(ITestOutputHelper output)
{
    private const int Count = 100_000;
    private const int Room = 1_000;

    [Fact(Timeout = GapFixture.Timeout)]
    public async Task Hear_MutatedFrames_FailsNothingAndDoesNotGrow()
    {
        var seed = Environment.GetEnvironmentVariable("FRAMES_SEED") is { Length: > 0 } given ? int.Parse(given, null) : Random.Shared.Next();
        output.WriteLine($"FRAMES_SEED={seed}");
        var random = new Random(seed);
        var samples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        using var files = new SqliteFixture();
        await using var store = await files.OpenAsync();
        using var bridge = new MutatedFramesBridge(store);

        long afterWarmUp = 0;
        for (var from = 0; from < Count; from += Room)
        {
            await HearRoomAsync(bridge, store, $"room-{from}", random, samples);
            if (from == 10 * Room)
                afterWarmUp = GC.GetTotalMemory(forceFullCollection: true);
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - afterWarmUp;
        output.WriteLine($"{bridge.Heard} frames, {bridge.Unrecognized} unrecognized, {growth / 1024} KiB more");
        Assert.Equal(Count, bridge.Heard);
        Assert.InRange(bridge.Unrecognized, Count / 10, Count * 9 / 10); // neither all nonsense nor all right
        Assert.InRange(growth, long.MinValue, 16 * 1024 * 1024);
    }

    /// <summary>A thousand frames of one room, and a check that each of them counts.</summary>
    private static async Task HearRoomAsync(MutatedFramesBridge bridge, SqliteStore store, string room, Random random, byte[][] samples)
    {
        var held = await SqliteFixture.HoldAsync(store, room);
        using var journal = new RoomJournal(store, held, "me", CancellationToken.None);
        for (var number = 0; number < Room;)
        {
            // A frame that ends the meeting ends the connection; what is left is heard by another.
            var connection = bridge.Connection(journal);
            var next = CableNext.GoOn;
            for (; number < Room && next == CableNext.GoOn; number++)
            {
                var body = MutatedFrames.Mutate(samples[random.Next(samples.Length)], random);
                next = await connection.OnMessageAsync(new CableMessage(body, StreamId: null, Epoch: null, Offset: null, bridge.Time.GetUtcNow(), bridge.Time.GetUtcNow()));
                bridge.Heard++;
            }

            await connection.CloseAsync();
        }

        var entries = await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, SqliteFixture.Cancelled);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(sequence => (long)sequence), entries.Select(entry => entry.Sequence));
        using (var turn = await journal.TakeTurnAsync())
            Assert.Equal(turn.Sequence, entries.Count);
        foreach (var entry in entries)
            Assert.NotNull(EventSerializer.Read(entry.Type, entry.Payload));
        bridge.Unrecognized += entries.Count(entry => entry.Type is nameof(UnrecognizedEvent));
        await store.DeleteOutboxAsync([.. entries.Select(entry => entry.Id)], SqliteFixture.Cancelled);
    }
}
