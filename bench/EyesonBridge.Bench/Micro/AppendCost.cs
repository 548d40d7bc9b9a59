using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Bench.Micro;

/// <summary>What it takes to have an event on disk, with many rooms at once.</summary>
internal static class AppendCost
{
    private const int Rooms = 50;
    private const int EventsEach = 64;
    private const int Single = 200;

    private static readonly byte[] Payload = new byte[400];

    public static async Task<Comparison> MeasureAsync()
    {
        var ours = new double[Comparison.Rounds];
        var baseline = new double[Comparison.Rounds];
        for (var round = 0; round < Comparison.Rounds; round++)
        {
            var folder = Directory.CreateTempSubdirectory("eyeson-bridge-bench-");
            ours[round] = await AppendAsync(Path.Combine(folder.FullName, "bridge.db"));
            baseline[round] = Insert(Path.Combine(folder.FullName, "plain.db"));
            folder.Delete(recursive: true);
        }

        return new Comparison("µs an event", ours, baseline);
    }

    private static async Task<double> AppendAsync(string path)
    {
        await using var store = await SqliteStore.OpenAsync(
            $"Data Source={path}", TimeProvider.System, NullLogger<SqliteStore>.Instance, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        for (var room = 0; room < Rooms; room++)
            await store.RegisterRoomAsync(new RoomRegistration(Id(room), "default", IntentSources.Command, null, now), CancellationToken.None);
        var claimed = await store.ClaimRoomsAsync("bench", TimeSpan.FromMinutes(10), Rooms, CancellationToken.None);

        var begun = Stopwatch.GetTimestamp();
        var appends = from sequence in Enumerable.Range(0, EventsEach)
                      from room in claimed
                      select store.AppendAsync(Append(room, sequence, now), CancellationToken.None);
        var outcomes = await Task.WhenAll(appends);
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMicroseconds;
        return outcomes.All(outcome => outcome == AppendOutcome.Committed)
            ? elapsed / outcomes.Length
            : throw new InvalidOperationException("An append was refused.");
    }

    private static double Insert(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE outbox (id INTEGER PRIMARY KEY, payload BLOB)";
        command.ExecuteNonQuery();
        command.CommandText = "INSERT INTO outbox (payload) VALUES ($payload)";
        command.Parameters.AddWithValue("$payload", Payload);

        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Single; i++)
            command.ExecuteNonQuery();
        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Single;
    }

    private static RoomAppend Append(RoomRow room, int sequence, DateTimeOffset now) => new()
    {
        RoomId = room.RoomId,
        Owner = "bench",
        Epoch = room.Epoch,
        FromSequence = sequence,
        Status = ObservationStatus.Observing,
        At = now,
        HeardAt = now,
        Events = [new OutboxEvent(Guid.CreateVersion7(now), nameof(ChatMessageSent), Payload, TraceParent: null)],
    };

    private static string Id(int room) => room.ToString("D24", CultureInfo.InvariantCulture);
}
