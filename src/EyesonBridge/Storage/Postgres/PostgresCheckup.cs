using System.Globalization;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Whether the bridge could work with its PostgreSQL database. Changes nothing.</summary>
internal static class PostgresCheckup
{
    private static readonly TimeSpan MuchOff = TimeSpan.FromSeconds(2);

    private static readonly (string Table, string[] Rights)[] TableRights =
    [
        ("store", ["SELECT"]),
        .. ((string[])["rooms", "retired_rooms", "wishes", "replicas", "handovers", "outbox", "permalinks", "inbox", "inbox_set_aside", "skipped", "probe", "duties", "account_keys", "commits"])
            .Select(static table => (table, (string[])["SELECT", "INSERT", "UPDATE", "DELETE"])),
    ];

    private static readonly (string Sequence, string[] Rights)[] SequenceRights = [("outbox_ids", ["USAGE", "SELECT"]), ("intent_numbers", ["USAGE", "SELECT"])];

    /// <summary>What the user of the bridge needs: tables and sequences, as deploy/postgres/grants.sql has them.</summary>
    public static IEnumerable<string> Rights => TableRights.Concat(SequenceRights).SelectMany(static one => one.Rights.Select(right => $"{right} ON {one.Item1}"));

    /// <summary>What is found.</summary>
    /// <param name="options">Where the database is.</param>
    /// <param name="time">The clock of this machine.</param>
    /// <param name="doubt">Told what works, but should not be left so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The bridge could not use it.</exception>
    public static async Task<string> RunAsync(StoreOptions options, TimeProvider time, Action<string> doubt, CancellationToken cancellationToken)
    {
        await using var database = PostgresDatabase.Of(options);
        try
        {
            await using var connection = await database.ConnectAsync(cancellationToken);
            await database.RequireServerAsync(connection, cancellationToken);
            await RequireWritableAsync(connection, database.Place, cancellationToken);
            await RequireRightsAsync(connection, database, cancellationToken);
            var facts = new List<string>
            {
                await PostgresInspection.RunAsync(options, cancellationToken),
                $"PostgreSQL {connection.ServerVersion}, {await DescribeTransportAsync(connection, cancellationToken)}",
                await CompareClocksAsync(connection, time, doubt, cancellationToken),
            };
            if (await CountReplicasAsync(connection, cancellationToken) is { } replicas)
                facts.Add(replicas);
            return string.Join("; ", facts);
        }
        catch (NpgsqlException refused)
        {
            throw new StoreException(PostgresConnectProblem.Describe(refused, database.Place), refused);
        }
    }

    private static async Task RequireWritableAsync(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        if (await ReadAsync<bool>(connection, "SELECT pg_is_in_recovery()", cancellationToken))
            throw new StoreException($"{place} is a standby, which takes no writes. Name all hosts in Store:ConnectionString, so that the primary is found.");
        if (await ReadAsync<bool>(connection, "SELECT current_setting('transaction_read_only') = 'on'", cancellationToken))
        {
            throw new StoreException(
                $"{place} is read-only for the user of the bridge. Turn that off: ALTER DATABASE … SET default_transaction_read_only = off, or the same for its role, or for the server.");
        }
    }

    private static async Task RequireRightsAsync(NpgsqlConnection connection, PostgresDatabase database, CancellationToken cancellationToken)
    {
        if (await ReadAsync<bool>(connection, "SELECT current_schema() IS NULL", cancellationToken))
            throw new StoreException($"The user of the bridge may not use any schema in {database.Place}. Grant it what deploy/postgres/grants.sql has: USAGE ON SCHEMA.");

        if (await ReadAsync<bool>(connection, "SELECT to_regclass('store') IS NOT NULL AND NOT has_table_privilege('store', 'SELECT')", cancellationToken))
            throw Missing(["SELECT on store"], database.Place);

        var version = await PostgresSchema.ReadVersionAsync(connection, cancellationToken);
        database.RequireKnown(version);
        if (version == PostgresSchema.Version)
        {
            var missing = await ListMissingAsync(connection, cancellationToken);
            if (missing.Count > 0)
                throw Missing(missing, database.Place);
        }
        else if (!await ReadAsync<bool>(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')", cancellationToken))
        {
            throw new StoreException(
                $"{database.Place} has schema {version}, the bridge needs schema {PostgresSchema.Version}, and its user may not make it. Have the owner of the database run deploy/postgres/schema.sql, then deploy/postgres/grants.sql.");
        }
    }

    private static async Task<List<string>> ListMissingAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        foreach (var (relations, function) in (((string, string[])[], string)[])[(TableRights, "has_table_privilege"), (SequenceRights, "has_sequence_privilege")])
        {
            foreach (var (name, rights) in relations)
            {
                var absent = new List<string>();
                foreach (var right in rights)
                {
                    if (!await ReadAsync<bool>(connection, $"SELECT coalesce({function}(to_regclass('{name}')::oid, '{right}'), false)", cancellationToken))
                        absent.Add(right);
                }

                if (absent.Count > 0)
                    missing.Add($"{string.Join(", ", absent)} on {name}");
            }
        }

        return missing;
    }

    private static StoreException Missing(IEnumerable<string> rights, string place) => new(
        $"The user of the bridge lacks rights in {place}: {string.Join("; ", rights)}. Have the owner of the tables run deploy/postgres/grants.sql.");

    private static async Task<string> DescribeTransportAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await ReadAsync<string>(connection, "SELECT coalesce((SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), 'not encrypted')", cancellationToken);

    /// <summary>Leases are the database's alone. Times of events are of the machine that observed them.</summary>
    private static async Task<string> CompareClocksAsync(NpgsqlConnection connection, TimeProvider time, Action<string> doubt, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        var theirs = await ReadAsync<DateTime>(connection, "SELECT clock_timestamp()", cancellationToken);
        var took = time.GetElapsedTime(askedAt);
        var ahead = theirs - (time.GetUtcNow().UtcDateTime - (took / 2));
        var words = string.Create(CultureInfo.InvariantCulture, $"its clock is {ahead.Duration().TotalSeconds:0.0} s {(ahead < TimeSpan.Zero ? "behind" : "ahead of")} this machine's");
        if (ahead.Duration() > MuchOff + took)
            doubt($"{words}. Nothing is lost by that, but times in events, and how long rooms are waited for, differ between replicas. Keep the time on both machines (NTP).");
        return words;
    }

    private static async Task<string?> CountReplicasAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadAsync<bool>(connection, "SELECT to_regclass('replicas') IS NULL", cancellationToken))
            return null;

        return await ReadAsync<long>(connection, "SELECT count(*) FROM replicas WHERE lease_until > clock_timestamp()", cancellationToken) switch
        {
            0 => "no replica runs",
            1 => "one replica runs",
            var count => string.Create(CultureInfo.InvariantCulture, $"{count} replicas run"),
        };
    }

    private static async Task<T> ReadAsync<T>(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
