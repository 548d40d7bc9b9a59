using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Tests.Logging;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>What happens while the database is away, does not answer or takes no writes: callers wait, health says why, nothing is lost.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresTroubleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At = DateTimeOffset.UnixEpoch;

    private readonly LogRecorder<PostgresStore> _log = new();
    private PostgresServer _server = null!;
    private PostgresStore _store = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartPrivateAsync(Cancelled);
        var connectionString = $"{await _server.CreateDatabaseAsync(Cancelled)};Command Timeout=1;Timeout=1";
        _store = await PostgresStore.OpenAsync(
            new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = connectionString }, TimeProvider.System, _log, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Writes_DatabaseStoppedKilledFrozenAndReadOnly_WaitAndAreMadeOnce()
    {
        await _store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, At), Cancelled);
        var room = Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromSeconds(3), 1, Cancelled));
        Assert.Equal(AppendOutcome.Committed, await _store.AppendAsync(Append(room, 0), Cancelled));
        (string Name, Func<Task> Break, Func<Task> Mend)[] troubles =
        [
            ("stopped", () => _server.StopAsync(Cancelled), () => _server.RestartAsync(Cancelled)),
            ("killed", () => _server.KillAsync(Cancelled), () => _server.RestartAsync(Cancelled)),
            ("frozen", () => _server.PauseAsync(Cancelled), () => _server.ResumeAsync(Cancelled)),
            ("read-only", () => SetReadOnlyAsync("on"), () => SetReadOnlyAsync("off")),
        ];
        for (var index = 0; index < troubles.Length; index++)
        {
            var (name, toBreak, toMend) = troubles[index];
            await toBreak();
            var append = _store.AppendAsync(Append(room, 1 + index), Cancelled);
            var registration = _store.RegisterRoomAsync(new RoomRegistration(name, "default", "command", WaitUntil: null, At), Cancelled);
            await _log.WhenAsync(2003, index + 1);
            Assert.False(append.IsCompleted);
            Assert.False(registration.IsCompleted);
            Assert.False(_store.Health.IsWritable);
            Assert.NotNull(_store.Health.Problem);

            await toMend();
            Assert.Equal((name, AppendOutcome.Committed), (name, await append));
            Assert.Equal((name, RegistrationOutcome.Registered), (name, (await registration).Outcome));
            await _log.WhenAsync(2004, index + 1);
            Assert.True(_store.Health.IsWritable);
        }

        var entries = await _store.ReadOutboxAsync(0, 100, long.MaxValue, Cancelled);
        Assert.Equal([1L, 2L, 3L, 4L, 5L], entries.Select(entry => entry.Sequence));
        Assert.All(_log.Texts, text => Assert.DoesNotContain("Password=", text, StringComparison.OrdinalIgnoreCase));
    }

    private async Task SetReadOnlyAsync(string value)
    {
        await using var connection = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancelled);
        foreach (var sql in (string[])[
            $"ALTER SYSTEM SET default_transaction_read_only = {value}",
            "SELECT pg_reload_conf()",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancelled);
        }
    }

    private static RoomAppend Append(RoomRow room, long fromSequence) => new()
    {
        RoomId = room.RoomId,
        Owner = room.Owner!,
        Epoch = room.Epoch,
        FromSequence = fromSequence,
        Status = ObservationStatus.Observing,
        At = At,
        Events = [new OutboxEvent(Guid.NewGuid(), "Some", new byte[] { 1, 2, 3 }, TraceParent: null)],
    };
}
