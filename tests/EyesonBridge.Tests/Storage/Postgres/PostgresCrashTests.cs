using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>
/// A server that crashes forgets transactions of which nothing had reached its disk, and gives their numbers again. Whoever asks by such a
/// number is told of another transaction.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCrashTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private PostgresServer _server = null!;
    private CommitRelay _relay = null!;
    private PostgresStore _store = null!;
    private string _connectionString = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartPrivateAsync(Cancelled);
        foreach (var setting in (string[])["wal_writer_delay = '10s'", "wal_level = 'minimal'", "max_wal_senders = 0", "autovacuum = off"])
            await RunAsync(_server.ConnectionString, $"ALTER SYSTEM SET {setting}"); // nothing but a commit brings anything to the disk
        await _server.RestartAsync(Cancelled);
        _connectionString = await _server.CreateDatabaseAsync(Cancelled);
        (_relay, var options) = CommitRelay.Before(_connectionString);
        _store = await PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _relay.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 120_000)]
    public async Task Append_CrashBeforeItsCommit_IsNotTakenForTheTransactionThatHasItsNumberNext()
    {
        var room = await HoldAsync();
        var published = new OutboxReceiver();
        await _store.HandOverAsync(published, Cancelled);
        _relay.KeepNextCommit();
        var append = _store.AppendAsync(Append(room) with { Events = [new OutboxEvent(Guid.NewGuid(), "Some", new byte[] { 1, 2, 3 }, TraceParent: null)] }, Cancelled);

        await CrashAndGiveTheNumberAgainAsync();

        Assert.Equal(AppendOutcome.Committed, await append);
        var entry = Assert.Single(await _store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled));
        Assert.Equal((entry.Id, entry.EventId), (Assert.Single(published.Entries).Id, published.Entries[0].EventId));
        Assert.Equal(1, (await _store.FindRoomAsync("a", Cancelled))!.Sequence);
    }

    [Fact(Timeout = 120_000)]
    public async Task Append_WithoutAnEvent_IsWrittenAllTheSame()
    {
        var room = await HoldAsync();
        _relay.KeepNextCommit();
        var append = _store.AppendAsync(Append(room) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);

        await CrashAndGiveTheNumberAgainAsync();

        Assert.Equal(AppendOutcome.Committed, await append);
        Assert.Equal(ObservationStatus.Ended, (await _store.FindRoomAsync("a", Cancelled))!.Status);
    }

    [Fact(Timeout = 120_000)]
    public async Task Register_CrashBeforeItsCommit_IsRegistered()
    {
        _relay.KeepNextCommit();
        var register = _store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, At), Cancelled);

        await CrashAndGiveTheNumberAgainAsync();

        Assert.Equal(RegistrationOutcome.Registered, (await register).Outcome);
        Assert.NotNull(await _store.FindRoomAsync("a", Cancelled));
    }

    private async Task CrashAndGiveTheNumberAgainAsync()
    {
        await _relay.WhenKeptAsync(Cancelled);
        var number = await ReadAsync("SELECT max(backend_xid::text::bigint) FROM pg_stat_activity");
        _relay.Cut();
        await _server.KillAsync(Cancelled);
        await _server.RestartAsync(Cancelled);

        long given;
        do
            given = await ReadAsync("SELECT pg_current_xact_id()::text::bigint");
        while (given < number);
        Assert.Equal(number, given); // or this shows nothing
        _relay.Heal();
    }

    private async Task<RoomRow> HoldAsync()
    {
        await _store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, At), Cancelled);
        return Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 1, Cancelled));
    }

    private async Task<long> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_connectionString};Pooling=false");
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(Cancelled);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static RoomAppend Append(RoomRow room) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = 0,
        Status = ObservationStatus.Observing,
        At = At,
        Events = [],
    };
}
