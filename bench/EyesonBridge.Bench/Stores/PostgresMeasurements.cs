using System.Globalization;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Bench.Stores;

/// <summary>What rooms and events cost in PostgreSQL: how long the statements of a round take with many rooms, and the log that is written.</summary>
internal static class PostgresMeasurements
{
    private const int ClaimAtOnce = 500;
    private const int Claims = 8;
    private const int Busy = 200;

    /// <summary>What this replica did not claim is that of 49 others, which live for ever.</summary>
    private const string Spread = """
        UPDATE rooms SET owner = 'other-' || (1 + (hashtext(room_id) & 2147483647) % 49), publisher = 'other-' || (1 + (hashtext(room_id) & 2147483647) % 49) WHERE owner IS NULL;
        ANALYZE rooms;
        """;

    public static async Task RunAsync(StoreTable table, string server, int rooms, int events, CancellationToken cancellationToken)
    {
        var database = await CreateAsync(server, rooms, cancellationToken);
        await using var source = NpgsqlDataSource.Create(database);
        var options = new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = database };
        await using var store = await PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, cancellationToken);
        var name = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL, {rooms:N0} rooms");

        await ExecuteAsync(source, Fill(rooms), cancellationToken);
        await store.BeginLeaseAsync(StoreLoad.Owner, cancellationToken);
        table.Add(name, "how rooms are spread, while nobody holds them", Milliseconds(await QuickestOf(() => store.ReadShareAsync(StoreLoad.Owner, cancellationToken))), "ms");

        List<RoomRow> claimed = [];
        var claim = await StoreLoad.QuickestAsync(Claims, async () =>
            claimed.AddRange(await store.ClaimRoomsAsync(StoreLoad.Owner, store.Lease.Duration, ClaimAtOnce, cancellationToken)));
        table.Add(name, "claiming 500 rooms", Milliseconds(claim), "ms");

        await ExecuteAsync(source, Spread, cancellationToken);
        table.Add(name, "how rooms are spread, while 50 replicas hold them", Milliseconds(await QuickestOf(() => store.ReadShareAsync(StoreLoad.Owner, cancellationToken))), "ms");
        table.Add(name, "the other looks of a round", Milliseconds(await QuickestOf(() => LookAsync(store, cancellationToken))), "ms");
        table.Add(name, "a renewal", Milliseconds(await QuickestOf(() => RenewAsync(source, cancellationToken))), "ms");

        var log = await LogAsync(source, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System, cancellationToken);
        table.Add(name, "log in a second of a replica that is idle", (await LogAsync(source, cancellationToken) - log) / 10.0, "bytes");

        var busy = claimed.Take(Busy).ToList();
        log = await LogAsync(source, cancellationToken);
        var taken = await StoreLoad.AppendAsync(store, busy, events, cancellationToken);
        table.Add(name, "events appended a second by one replica, 200 rooms at full speed", events / taken.TotalSeconds, "");
        table.Add(name, "log for an event, appended", (await LogAsync(source, cancellationToken) - log) / (double)events, "bytes");

        log = await LogAsync(source, cancellationToken);
        await store.DeleteOutboxAsync([await OutboxAsync(source, cancellationToken)], cancellationToken);
        table.Add(name, "log for an event, deleted", (await LogAsync(source, cancellationToken) - log) / (double)events, "bytes");
    }

    private static Task<TimeSpan> QuickestOf(Func<Task> work) => StoreLoad.QuickestAsync(15, work);

    private static async Task<string> CreateAsync(string server, int rooms, CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"rooms_{rooms}");
        await using var source = NpgsqlDataSource.Create(server);
        await ExecuteAsync(source, $"CREATE DATABASE {name}", cancellationToken);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    private static string Fill(int rooms) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch, intent)
        SELECT lpad(n::text, 24, '0'), 'default', ARRAY['command'], 'waiting', 0, 0, 0, nextval('intent_numbers') FROM generate_series(1, {rooms}) AS n;
        INSERT INTO replicas (owner, lease_until) SELECT 'other-' || n, 'infinity' FROM generate_series(1, 49) AS n;
        ANALYZE rooms;
        """);

    private static async Task LookAsync(PostgresStore store, CancellationToken cancellationToken)
    {
        await store.ListChangedIntentAsync(StoreLoad.Owner, long.MaxValue - 1, cancellationToken);
        await store.ListUnwantedRoomsAsync(StoreLoad.Owner, cancellationToken);
        await store.ListInboxRoomsAsync(StoreLoad.Owner, cancellationToken);
    }

    private static async Task RenewAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(ReplicaHeartbeat.Renew);
        command.Parameters.Add(new NpgsqlParameter { Value = "other-0" });
        command.Parameters.Add(new NpgsqlParameter { Value = 5_000L });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long> LogAsync(NpgsqlDataSource source, CancellationToken cancellationToken) => (long)await ReadAsync(source, "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')", static row => row.GetDecimal(0), cancellationToken);

    private static Task<OutboxRange> OutboxAsync(NpgsqlDataSource source, CancellationToken cancellationToken) => ReadAsync(
        source,
        "SELECT min(id), max(id), sum(octet_length(payload))::bigint FROM outbox",
        static row => new OutboxRange(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
        cancellationToken);

    private static async Task<T> ReadAsync<T>(NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return read(reader);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 300;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static double Milliseconds(TimeSpan time) => time.TotalMilliseconds;
}
