using System.Globalization;
using EyesonBridge.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace EyesonBridge.Storage.Copying;

/// <summary>The database that is copied to, in one transaction: it is empty, and no bridge writes to it meanwhile.</summary>
internal sealed class CopyTarget : IAsyncDisposable
{
    private const int Patience = 60;

    private static readonly string Tables = string.Join(", ", CopiedTables.All.Select(static table => table.Name));

    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private CopyTarget(PostgresDatabase database, NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        _database = database;
        _connection = connection;
        _transaction = transaction;
    }

    /// <summary>Where it is, for people.</summary>
    public string Place => _database.Place;

    /// <summary>Makes or upgrades the tables, unless there is something in them, and begins the transaction.</summary>
    /// <exception cref="StoreException">The database cannot be used, is in use, or is not empty.</exception>
    public static async Task<CopyTarget> OpenAsync(StoreOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        await LookAsync(options, cancellationToken); // what is refused is left as it is, its schema too
        var database = await PostgresDatabase.OpenAsync(options, logger, cancellationToken);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.ConnectAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var target = new CopyTarget(database, connection, transaction);
            await target.ExecuteAsync("SET LOCAL lock_timeout = '5s'", cancellationToken);
            await target.ExecuteAsync("SET LOCAL idle_in_transaction_session_timeout = 0", cancellationToken); // a large store takes its time to be counted
            await target.ExecuteAsync($"LOCK TABLE store, replicas, {Tables} IN SHARE ROW EXCLUSIVE MODE", cancellationToken);
            await RequireFreeAsync(connection, database.Place, cancellationToken);
            return target;
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to fill a table.</summary>
    public async Task<NpgsqlBinaryImporter> ImportAsync(CopiedTable table, CancellationToken cancellationToken)
    {
        var importer = await _connection.BeginBinaryImportAsync($"COPY {table.Name} ({table.Columns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        importer.Timeout = TimeSpan.FromSeconds(Patience);
        return importer;
    }

    /// <summary>Adds a row.</summary>
    public static async Task WriteAsync(NpgsqlBinaryImporter importer, object?[] values, CancellationToken cancellationToken)
    {
        await importer.StartRowAsync(cancellationToken);
        foreach (var value in values)
        {
            await (value switch
            {
                null => importer.WriteNullAsync(cancellationToken),
                string text => importer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
                long number => importer.WriteAsync(number, NpgsqlDbType.Bigint, cancellationToken),
                bool flag => importer.WriteAsync(flag, NpgsqlDbType.Boolean, cancellationToken),
                Guid id => importer.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken),
                byte[] bytes => importer.WriteAsync(bytes, NpgsqlDbType.Bytea, cancellationToken),
                string[] texts => importer.WriteAsync(texts, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellationToken),
                _ => throw new NotSupportedException($"A column of type {value.GetType().Name}."),
            });
        }
    }

    /// <summary>The history goes on, and so do its numbers.</summary>
    public async Task ContinueAsync(string streamId, long lastEntry, long lastInboxEntry, long lastIntent, CancellationToken cancellationToken)
    {
        await using (var stream = Command("UPDATE store SET stream_id = $1"))
        {
            stream.Parameters.Add(new NpgsqlParameter { Value = streamId });
            await stream.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var publisher = Command("INSERT INTO replicas (owner, lease_until) VALUES ($1, '-infinity') ON CONFLICT (owner) DO NOTHING"))
        {
            publisher.Parameters.Add(new NpgsqlParameter { Value = CopiedTables.Publisher }); // a replica that is gone, for others to follow
            await publisher.ExecuteNonQueryAsync(cancellationToken);
        }

        await SetAsync("'outbox_ids'", lastEntry, cancellationToken);
        await SetAsync("'intent_numbers'", lastIntent, cancellationToken);
        await SetAsync("pg_get_serial_sequence('inbox', 'id')", lastInboxEntry, cancellationToken);
        await ExecuteAsync($"ANALYZE {Tables}", cancellationToken); // or the first claims would be planned as for a few rows
    }

    /// <summary>How many rows a table has.</summary>
    public async Task<long> CountAsync(string table, CancellationToken cancellationToken)
    {
        await using var command = Command($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>A query whose rows are read one by one.</summary>
    public NpgsqlCommand Command(string sql) => new(sql, _connection, _transaction) { CommandTimeout = 0 };

    /// <summary>Makes it last.</summary>
    public Task CommitAsync() => _transaction.CommitAsync(CancellationToken.None);

    /// <summary>Without a commit, all is as before.</summary>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task LookAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        await using var database = PostgresDatabase.Of(options);
        await using var connection = await ConnectAsync(database, cancellationToken);
        await database.RequireServerAsync(connection, cancellationToken);
        var version = await PostgresSchema.ReadVersionAsync(connection, cancellationToken);
        database.RequireKnown(version);
        if (version > 0)
            await RequireFreeAsync(connection, database.Place, cancellationToken);
    }

    private static async Task<NpgsqlConnection> ConnectAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        try
        {
            return await database.ConnectAsync(cancellationToken);
        }
        catch (NpgsqlException refused)
        {
            throw new StoreException(PostgresConnectProblem.Describe(refused, database.Place), refused);
        }
    }

    private static async Task RequireFreeAsync(NpgsqlConnection connection, string place, CancellationToken cancellationToken)
    {
        await using (var living = new NpgsqlCommand("SELECT count(*) FROM replicas WHERE lease_until > clock_timestamp()", connection))
        {
            if (await living.ExecuteScalarAsync(cancellationToken) is long count and > 0)
            {
                throw new StoreException(
                    $"{count} replicas of the bridge run on {place}. Stop them, and copy again; one that was killed counts for five seconds more.");
            }
        }

        foreach (var table in CopiedTables.All)
        {
            await using var any = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM {table.Name})", connection);
            if (await any.ExecuteScalarAsync(cancellationToken) is true)
            {
                throw new StoreException(
                    $"{char.ToUpperInvariant(place[0])}{place[1..]} is not empty: its table {table.Name} has rows. Copy to a database of its own; or, if nothing in there is needed, drop and create the database, and copy again.");
            }
        }
    }

    private Task SetAsync(string sequence, long last, CancellationToken cancellationToken) => ExecuteAsync(
        string.Create(CultureInfo.InvariantCulture, $"SELECT setval({sequence}, {Math.Max(last, 1)}, {(last > 0 ? "true" : "false")})"), cancellationToken);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
