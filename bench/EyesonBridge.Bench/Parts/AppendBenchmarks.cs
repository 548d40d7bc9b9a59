using System.Globalization;
using BenchmarkDotNet.Attributes;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Bench.Parts;

/// <summary>Getting events to disk: many rooms at once, against a commit for each event with the same durability.</summary>
[BenchmarkCategory("append")]
[MemoryDiagnoser]
[InvocationCount(1)]
public class AppendBenchmarks
{
    private const int Rooms = 50;
    private const int EventsEach = 64;
    private const int Single = 200;

    private readonly byte[] _payload = EventSerializer.Write(SampleFrame.Event());
    private DirectoryInfo? _folder;
    private SqliteStore? _store;
    private IReadOnlyList<RoomRow> _rooms = [];

    /// <summary>A store with rooms that this process holds.</summary>
    [IterationSetup]
    public void Open() => OpenAsync().GetAwaiter().GetResult();

    /// <summary>Leaves nothing.</summary>
    [IterationCleanup]
    public void Close()
    {
        _store!.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder!.Delete(recursive: true);
    }

    /// <summary>The store, with 64 events of each of 50 rooms under way.</summary>
    [Benchmark(OperationsPerInvoke = Rooms * EventsEach)]
    public async Task Append()
    {
        var now = TimeProvider.System.GetUtcNow();
        var appends = from sequence in Enumerable.Range(0, EventsEach)
                      from room in _rooms
                      select _store!.AppendAsync(Step(room, sequence, now), CancellationToken.None);
        var outcomes = await Task.WhenAll(appends);
        if (outcomes.Any(outcome => outcome != AppendOutcome.Committed))
            throw new InvalidOperationException("An append was refused.");
    }

    /// <summary>An INSERT and a commit for each event.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Single)]
    public void InsertAndCommit()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder!.FullName, "plain.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE outbox (id INTEGER PRIMARY KEY, payload BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO outbox (payload) VALUES ($payload)";
        command.Parameters.AddWithValue("$payload", _payload);
        for (var i = 0; i < Single; i++)
            command.ExecuteNonQuery();
    }

    private async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("eyeson-bridge-bench-");
        _store = await SqliteStore.OpenAsync(
            $"Data Source={Path.Combine(_folder.FullName, "bridge.db")}", TimeProvider.System, NullLogger<SqliteStore>.Instance, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        for (var room = 0; room < Rooms; room++)
            await _store.RegisterRoomAsync(new RoomRegistration(Id(room), "default", IntentSources.Command, null, now), CancellationToken.None);
        _rooms = await _store.ClaimRoomsAsync("bench", TimeSpan.FromMinutes(10), Rooms, CancellationToken.None);
    }

    private RoomAppend Step(RoomRow room, int sequence, DateTimeOffset now) => new()
    {
        RoomId = room.RoomId,
        Owner = "bench",
        Epoch = room.Epoch,
        FromSequence = sequence,
        Status = ObservationStatus.Observing,
        At = now,
        HeardAt = now,
        Events = [new OutboxEvent(Guid.CreateVersion7(now), nameof(ChatMessageSent), _payload, TraceParent: null)],
    };

    private static string Id(int room) => room.ToString("D24", CultureInfo.InvariantCulture);
}
