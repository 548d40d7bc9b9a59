using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>A replica whose lease has ended wakes up while another takes over what it had.</summary>
[Collection(PostgresTests.Name)]
public sealed class GoneReplicaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private readonly TestDatabase _database = new(postgres);

    /// <summary>What can be taken over, and the column that then names who did.</summary>
    public static TheoryData<string> Takeovers => ["rooms.owner", "rooms.publisher", "duties.owner"];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await using var store = await _database.OpenAsync();
        await store.RegisterRoomAsync(new RoomRegistration("a", "default", IntentSources.Command, null, DateTimeOffset.UnixEpoch), Cancelled);
        await _database.ExecuteAsync(
            """
            INSERT INTO replicas (owner, lease_until) VALUES ('gone', clock_timestamp() - interval '1 second');
            INSERT INTO duties (name, owner) VALUES ('permalinks', 'gone');
            """);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Takeovers))]
    public async Task Renew_WhileAnotherTakesOver_IsDoneOnlyAfterItsCommit(string what)
    {
        await PrepareAsync(what);
        await using var taking = await _database.ConnectAsync();
        await using var transaction = await taking.BeginTransactionAsync(Cancelled);
        await TakeOverAsync(what, new PostgresSession(taking));

        await using var waking = await _database.ConnectAsync();
        var renewal = RenewAsync(new PostgresSession(waking));
        while (!renewal.IsCompleted && await _database.ReadAsync<long>("SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
            Cancelled.ThrowIfCancellationRequested();

        Assert.False(renewal.IsCompleted);
        await transaction.CommitAsync(Cancelled);
        await renewal;
        Assert.Equal("me", await NamedAsync(what));
    }

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Takeovers))]
    public async Task TakeOver_WhileItsReplicaRenews_FindsNothing(string what)
    {
        await PrepareAsync(what);
        await using var waking = await _database.ConnectAsync();
        await using var transaction = await waking.BeginTransactionAsync(Cancelled);
        await RenewAsync(new PostgresSession(waking));

        await using (var taking = await _database.ConnectAsync())
            await TakeOverAsync(what, new PostgresSession(taking));

        await transaction.CommitAsync(Cancelled);
        Assert.Equal("gone", await NamedAsync(what));
    }

    private static async Task TakeOverAsync(string what, PostgresSession session)
    {
        if (what.StartsWith("duties", StringComparison.Ordinal))
            await new DutyWrites(session).TakeAsync("me", ["permalinks"]);
        else if (what.EndsWith("publisher", StringComparison.Ordinal))
            await new OwnershipWrites(session).AdoptAsync("me", ["a"]);
        else
            await new RoomWrites(session).ClaimAsync("me", Lease, limit: 10, mayTakeOver: true);
    }

    private static Task<int> RenewAsync(PostgresSession session) => session.RunAsync(ReplicaHeartbeat.Renew, "gone", (long)Lease.TotalMilliseconds, null);

    private Task PrepareAsync(string what) => _database.ExecuteAsync(
        what is "rooms.publisher"
            ? "UPDATE rooms SET owner = 'me', publisher = 'gone'"
            : "UPDATE rooms SET owner = 'gone', publisher = 'gone'");

    private Task<string> NamedAsync(string what)
    {
        var (table, column) = (what.Split('.')[0], what.Split('.')[1]);
        return _database.ReadAsync<string>($"SELECT {column} FROM {table}");
    }
}
