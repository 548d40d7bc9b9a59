using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The database: its connections, checked, and its schema brought up to date.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private PostgresDatabase(NpgsqlDataSource source, string place)
    {
        _source = source;
        Place = place;
    }

    /// <summary>Where it is, for people.</summary>
    public string Place { get; }

    /// <summary>Connects, and brings the schema up to date.</summary>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static async Task<PostgresDatabase> OpenAsync(StoreOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var database = Of(options);
        try
        {
            await database.PrepareAsync(logger, cancellationToken);
            return database;
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) || exception is PostgresException)
        {
            await database.DisposeAsync();
            throw new StoreException(PostgresProblem.Describe(exception, database.Place), exception);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The database, not looked at yet.</summary>
    public static PostgresDatabase Of(StoreOptions options)
    {
        var settings = PostgresSettings.Complete(options);
        return new PostgresDatabase(Build(settings, options.PasswordFile), PostgresSettings.Place(settings));
    }

    /// <summary>A connection of the pool; disposing of it gives it back.</summary>
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    /// <summary>The same for threads that may wait.</summary>
    public NpgsqlConnection Connect() => _source.OpenConnection();

    /// <summary>A server that cannot be written to any more: connections to it that nobody uses are given up, and another host is looked for.</summary>
    public void Note(Exception problem)
    {
        if (problem is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction })
            _source.Clear();
    }

    /// <exception cref="StoreException">The server is too old.</exception>
    public async Task RequireServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var server = new NpgsqlCommand("SELECT current_setting('server_version_num')::integer", connection);
        RequireServer((int)(await server.ExecuteScalarAsync(cancellationToken))!, connection.ServerVersion);
    }

    /// <exception cref="StoreException">The server is too old.</exception>
    public void RequireServer(int number, string name)
    {
        if (number < PostgresSchema.OldestServer)
            throw new StoreException($"The server of {Place} is PostgreSQL {name}; the bridge works with 14 and later. Upgrade it.");
    }

    /// <exception cref="StoreException">A newer version of the bridge has made the schema.</exception>
    public void RequireKnown(int schema)
    {
        if (schema > PostgresSchema.Version)
        {
            throw new StoreException(
                $"The store in {Place} has schema {schema}, which a newer version of the bridge has made; this one knows schema {PostgresSchema.Version}. Start that version, or restore a backup from before the upgrade.");
        }
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, string? passwordFile)
    {
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        if (passwordFile is { Length: > 0 })
        {
            builder.UsePasswordProvider(
                _ => File.ReadAllText(passwordFile).TrimEnd('\r', '\n'),
                async (_, cancelled) => (await File.ReadAllTextAsync(passwordFile, cancelled)).TrimEnd('\r', '\n'));
        }

        builder.UsePhysicalConnectionInitializer(
            static connection =>
            {
                using var command = new NpgsqlCommand(Session, connection);
                command.ExecuteNonQuery();
            },
            static async connection =>
            {
                await using var command = new NpgsqlCommand(Session, connection);
                await command.ExecuteNonQueryAsync();
            });
        return builder.Build();
    }

    // What is committed is on disk, whatever role and database say; more than that is left as it is. A process that is frozen in a
    // transaction, or cut off, is not to keep the rooms that it has locked from others: the server ends it.
    private const string Session = """
        SELECT set_config('idle_in_transaction_session_timeout', '4000', false);
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """;

    private async Task PrepareAsync(ILogger logger, CancellationToken cancellationToken)
    {
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await RequireServerAsync(connection, cancellationToken);
        var found = await UpgradeAsync(connection, cancellationToken);
        RequireKnown(found);
        if (found is not 0 && found != PostgresSchema.Version)
            StorageLog.StoreMigrated(logger, Place, found, PostgresSchema.Version);
    }

    private async Task<int> UpgradeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            return await PostgresSchema.UpgradeAsync(connection, cancellationToken);
        }
        catch (PostgresException refused) when (string.Equals(refused.SqlState, PostgresErrorCodes.InsufficientPrivilege, StringComparison.Ordinal))
        {
            throw new StoreException(
                $"The store in {Place} needs schema {PostgresSchema.Version}, and the user of the bridge may not make it ({refused.MessageText}). Have the owner of the database run deploy/postgres/schema.sql, then deploy/postgres/grants.sql.",
                refused);
        }
    }
}
