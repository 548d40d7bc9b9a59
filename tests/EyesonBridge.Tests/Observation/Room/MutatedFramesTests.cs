using EyesonBridge.Bus;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Observation.Room;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Bus;
using EyesonBridge.Tests.Storage;
using EyesonBridge.Tests.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation.Room;

/// <summary>A hundred thousand frames that are nearly right, through session, normalizer and journal into a real file.</summary>
[Collection(Alone.Name)]
public sealed class MutatedFramesTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 100_000;
    private const int Room = 1_000;
    private const int WarmUp = 10 * Room;

    private readonly SemaphoreSlim _claims = new(1);
    private int _heard;
    private int _unrecognized;

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Hear_MutatedFrames_FailsNothingAndDoesNotGrow()
    {
        var seed = Environment.GetEnvironmentVariable("FRAMES_SEED") is { Length: > 0 } given ? int.Parse(given, null) : Random.Shared.Next();
        output.WriteLine($"FRAMES_SEED={seed}");
        var samples = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "samples"), "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        await using var bridge = await ObservationBench.CreateAsync();

        await HearRoomsAsync(0, WarmUp);
        var afterWarmUp = GC.GetTotalMemory(forceFullCollection: true);
        await HearRoomsAsync(WarmUp, Count);
        var growth = GC.GetTotalMemory(forceFullCollection: true) - afterWarmUp;
        output.WriteLine($"{_heard} frames, {_unrecognized} unrecognized, {growth / 1024} KiB more");
        Assert.Equal(Count, _heard);
        Assert.InRange(_unrecognized, Count / 10, Count * 9 / 10); // neither all nonsense nor all right
        Assert.InRange(growth, long.MinValue, 16 * 1024 * 1024);

        // Rooms go side by side, as they do in the bridge; what is said in each depends on the seed alone.
        Task HearRoomsAsync(int from, int to) => Parallel.ForAsync(from / Room, to / Room, ObservationBench.Cancelled, async (room, _) =>
            await HearRoomAsync(bridge, $"room-{room}", new Random(seed + room), samples));
    }

    public void Dispose() => _claims.Dispose();

    /// <summary>A thousand frames of one room, and a check that each of them counts.</summary>
    private async Task HearRoomAsync(ObservationBench bridge, string room, Random random, byte[][] samples)
    {
        var store = bridge.Store;
        long told = 0;
        for (var number = 0; number < Room;)
        {
            // A frame that ends the meeting ends the observation; what is left is heard by another.
            using var journal = new RoomJournal(store, await HoldAsync(store, room), "me", Envelopes.Writer, CancellationToken.None);
            var connection = bridge.Connection(journal);
            var next = CableNext.GoOn;
            for (; number < Room && next == CableNext.GoOn; number++)
            {
                var now = TimeProvider.System.GetUtcNow();
                var body = MutatedFrames.Mutate(samples[random.Next(samples.Length)], random);
                next = await connection.OnMessageAsync(new CableMessage(body, StreamId: null, Epoch: null, Offset: null, now, now));
                Interlocked.Increment(ref _heard);
            }

            await connection.CloseAsync();
            Assert.Equal(next == CableNext.Stop, journal.IsClosed);
            using var turn = await journal.TakeTurnAsync();
            told = turn.Sequence;
        }

        OutboxEntry[] entries =
        [
            .. (await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, SqliteFixture.Cancelled))
                .Where(entry => string.Equals(entry.RoomId, room, StringComparison.Ordinal)),
        ];
        Assert.Equal(Enumerable.Range(1, entries.Length).Select(sequence => (long)sequence), entries.Select(entry => entry.Sequence));
        Assert.Equal(told, entries.Length);
        foreach (var entry in entries)
            Assert.NotNull(EventEnvelope.Read(entry));
        Interlocked.Add(ref _unrecognized, entries.Count(entry => entry.Type is nameof(UnrecognizedEvent)));
        await store.DeleteOutboxAsync(OutboxRanges.Of(entries), SqliteFixture.Cancelled);
    }

    /// <summary>Registers a room and claims it; a claim takes any room, so there is one at a time.</summary>
    private async Task<RoomRow> HoldAsync(IBridgeStore store, string room)
    {
        await _claims.WaitAsync(SqliteFixture.Cancelled);
        try
        {
            return await SqliteFixture.HoldAsync(store, room);
        }
        finally
        {
            _claims.Release();
        }
    }
}
