using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>The database of a class of tests.</summary>
public sealed class TestDatabase(PostgresFixture postgres) : IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public string ConnectionString { get; private set; } = "";

    internal StoreOptions Options => new() { Provider = StoreProvider.Postgres, ConnectionString = ConnectionString };

    public async ValueTask InitializeAsync() => ConnectionString = await postgres.Server.CreateDatabaseAsync(Cancelled);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal Task<PostgresStore> OpenAsync() => OpenAsync(TimeProvider.System);

    internal Task<PostgresStore> OpenAsync(TimeProvider time) => PostgresStore.OpenAsync(Options, time, NullLogger<PostgresStore>.Instance, Cancelled);

    /// <summary>Removes everything, if there is a store.</summary>
    internal async Task ClearAsync()
    {
        const string Clear = """
            DO $$ BEGIN IF to_regclass('rooms') IS NOT NULL THEN
                TRUNCATE rooms, retired_rooms, wishes, replicas, handovers, outbox, permalinks, inbox, inbox_set_aside, skipped, probe, duties, account_keys, commits;
                ALTER SEQUENCE outbox_ids RESTART; ALTER SEQUENCE intent_numbers RESTART;
            END IF; END $$
            """;
        await ExecuteAsync(Clear);
    }

    /// <summary>Runs SQL as an operator would.</summary>
    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    internal async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    internal async Task<NpgsqlConnection> ConnectAsync(string? connectionString = null)
    {
        var connection = new NpgsqlConnection(connectionString ?? ConnectionString);
        await connection.OpenAsync(Cancelled);
        return connection;
    }
}
