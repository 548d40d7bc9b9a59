using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Counting the outbox of a large store, which takes longer than other commands may.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCountTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await using var store = await _database.OpenAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact(Timeout = 60_000)]
    public async Task Open_CountTakesLongerThanACommandMay_OpensOnceItIsCounted()
    {
        var options = _database.Options;
        options.ConnectionString += ";Command Timeout=3";
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await new PostgresSession(connection).RunAsync("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");

        var opening = PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, Cancelled);
        await WhenCountedForAsync("4 s", opening);

        Assert.False(opening.IsCompleted);
        await transaction.CommitAsync(Cancelled);
        await using var store = await opening;
        Assert.Equal(0, store.Depth.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Close_WhileItCounts_DoesNotWaitForThat()
    {
        var store = await _database.OpenAsync();
        await using var connection = await _database.ConnectAsync();
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        await new PostgresSession(connection).RunAsync("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE");

        await store.BeginLeaseAsync("me", Cancelled);
        await WhenCountedForAsync("0 s", new TaskCompletionSource().Task);

        await store.DisposeAsync();
    }

    /// <summary>Waits until the outbox is being counted for so long, by the database's clock, or something is over.</summary>
    private async Task WhenCountedForAsync(string interval, Task over)
    {
        while (!over.IsCompleted && await _database.ReadAsync<long>(
            $"""
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT count(*)%outbox' AND clock_timestamp() - query_start >= interval '{interval}'
            """) == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
        }
    }
}
