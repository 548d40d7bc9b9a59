using EyesonBridge.Testing.Postgres;
using Npgsql;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Server_StoppedAndKilled_KeepsWhatWasCommittedAndItsPort()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Cancellation);
        var database = await server.CreateDatabaseAsync(Cancellation);
        await RunAsync(database, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");

        await server.RestartAsync(Cancellation);
        await RunAsync(database, "INSERT INTO kept VALUES (2)");
        await server.KillAsync(Cancellation);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => RunAsync(database, "SELECT 1"));
        await server.RestartAsync(Cancellation);

        Assert.Equal(2L, await RunAsync(database, "SELECT count(*) FROM kept"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Server_Paused_AnswersNobodyUntilItGoesOn()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Cancellation);
        await using var connection = new NpgsqlConnection($"{server.ConnectionString};Cancellation Timeout=-1;Timeout=2;Pooling=False"); // the request to end a command waits, too
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 1 };

        await server.PauseAsync(Cancellation);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => command.ExecuteScalarAsync(Cancellation));
        await server.ResumeAsync(Cancellation);

        Assert.Equal(1, await RunAsync(server.ConnectionString, "SELECT 1"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Server_TwoDatabases_KnowNothingOfEachOther()
    {
        await using var server = await PostgresServer.StartAsync(Cancellation);
        var (one, other) = (await server.CreateDatabaseAsync(Cancellation), await server.CreateDatabaseAsync(Cancellation));

        await RunAsync(one, "CREATE TABLE mine (id int)");

        Assert.Equal(true, await RunAsync(other, "SELECT to_regclass('mine') IS NULL"));
    }

    private static async Task<object?> RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
