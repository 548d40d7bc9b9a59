using System.Globalization;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Bench.Stores;

/// <summary>What events cost in SQLite; this process writes the files, so the kernel knows how much.</summary>
internal static class SqliteMeasurements
{
    private const int Rooms = 200;

    public static async Task RunAsync(StoreTable table, int events, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eyeson-bridge-bench-");
        try
        {
            await using var store = await SqliteStore.OpenAsync(
                $"Data Source={Path.Combine(folder.FullName, "bridge.db")}", TimeProvider.System, NullLogger<SqliteStore>.Instance, cancellationToken);
            for (var room = 0; room < Rooms; room++)
                await store.RegisterRoomAsync(new RoomRegistration(StoreLoad.Id(room), "default", IntentSources.Command, null, TimeProvider.System.GetUtcNow()), cancellationToken);
            var rooms = await store.ClaimRoomsAsync(StoreLoad.Owner, TimeSpan.FromMinutes(10), Rooms, cancellationToken);

            var before = Written();
            var taken = await StoreLoad.AppendAsync(store, rooms, events, cancellationToken);
            table.Add("SQLite", "events appended a second, 200 rooms at full speed", events / taken.TotalSeconds, "");
            table.Add("SQLite", "written for an event, appended", (Written() - before) / (double)events, "bytes");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Bytes that this process has written to files.</summary>
    private static long Written() => long.Parse(
        File.ReadLines("/proc/self/io").Single(static line => line.StartsWith("wchar:", StringComparison.Ordinal)).AsSpan("wchar:".Length), CultureInfo.InvariantCulture);
}
