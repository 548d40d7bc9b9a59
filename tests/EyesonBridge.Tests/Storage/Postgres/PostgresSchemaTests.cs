using System.Security.Cryptography;
using System.Text;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Tests.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>Who makes the schema, and what happens when nobody may or somebody did.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresSchemaTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly TestDatabase _database = new(postgres);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Open_FiveReplicasAtOnce_OneMakesTheSchema()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => _database.OpenAsync())));

        foreach (var store in stores)
        {
            await store.ProbeAsync(Cancelled);
            await store.DisposeAsync();
        }

        Assert.Equal(PostgresSchema.Version, await _database.ReadAsync<int>("SELECT schema_version FROM store"));
        Assert.Equal(1, await _database.ReadAsync<long>("SELECT count(*) FROM store"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_NewerSchema_IsRefusedAndLeftAsItIs()
    {
        await using (await _database.OpenAsync())
            await _database.ExecuteAsync("UPDATE store SET schema_version = 99");

        var refused = await Assert.ThrowsAsync<StoreException>(_database.OpenAsync);

        Assert.Contains("schema 99, which a newer version of the bridge has made", refused.Message, StringComparison.Ordinal);
        Assert.Equal(99, await _database.ReadAsync<int>("SELECT schema_version FROM store"));
    }

    [Fact]
    public void Open_ServerThatIsTooOld_IsRefused()
    {
        var database = PostgresDatabase.Of(_database.Options);

        Assert.Contains("13.4", Assert.Throws<StoreException>(() => database.RequireServer(130004, "13.4")).Message, StringComparison.Ordinal);
        database.RequireServer(140000, "14.0");
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_UserThatMayMakeNothing_WorksWithWhatTheOwnerMade()
    {
        var role = $"bridge_{Guid.NewGuid():N}";
        await _database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var options = new StoreOptions
        {
            Provider = StoreProvider.Postgres,
            ConnectionString = new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = role, Password = "secret" }.ConnectionString,
        };
        var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(options));
        Assert.Contains("deploy/postgres/schema.sql", refused.Message, StringComparison.Ordinal);

        foreach (var script in (string[])["schema.sql", "grants.sql"])
        {
            var sql = string.Join('\n', File.ReadLines(RepositoryRoot.PathTo("deploy", "postgres", script)).Where(static line => !line.Contains('\\', StringComparison.Ordinal)));
            await _database.ExecuteAsync(sql.Replace(":\"role\"", role, StringComparison.Ordinal));
        }

        await using var store = await OpenAsync(options);
        var at = DateTimeOffset.UnixEpoch;
        await store.RegisterRoomAsync(new RoomRegistration("a", "default", "command", WaitUntil: null, at), Cancelled);
        var room = Assert.Single(await store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 1, Cancelled));
        var append = new RoomAppend
        {
            RoomId = "a",
            Owner = "me",
            Epoch = room.Epoch,
            FromSequence = 0,
            Status = Contracts.V1.ObservationStatus.Ended,
            At = at,
            Closure = AppendClosure.Final,
            Events = [new OutboxEvent(Guid.NewGuid(), "Some", new byte[] { 1 }, TraceParent: null)],
        };
        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(append, Cancelled));
        await store.DeliverAsync(new InboxEntry(0, "b", "default", InboxKind.Webhook, "{}"u8.ToArray(), at), Cancelled);
        await store.RegisterPermalinkAsync(new PermalinkRow { Token = "t", Account = "default", IsRecurring = false, Status = PermalinkStatus.Waiting }, Cancelled);
        await store.HandOverAsync(new OutboxReceiver(), Cancelled);
        await store.DeleteOutboxAsync([new OutboxRange(1, 1, 1)], Cancelled);
        await store.RetireRoomsAsync([new EndedRoom("a", at, 1)], at.AddDays(1), Cancelled);
        await store.RetrySetAsideAsync(Cancelled);
        await store.ReplaySkippedAsync(Cancelled);
        await store.ProbeAsync(Cancelled);
        Assert.Equal(1, await store.CountRoomsAsync(Cancelled));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Open_DatabaseOfAnEarlierSchema_IsBroughtUpToDateAndKeepsItsRooms(int schema)
    {
        foreach (var migration in PostgresSchema.Migrations.Take(schema))
            await _database.ExecuteAsync($"{migration.Sql}; UPDATE store SET schema_version = {migration.Version}");
        await _database.ExecuteAsync("INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch) VALUES ('a', 'default', '{command}', 'observing', 0, 7, 3)");

        await using var store = await _database.OpenAsync();
        await store.BeginLeaseAsync("me", Cancelled);
        var room = Assert.Single(await store.ClaimRoomsAsync("me", TimeSpan.FromSeconds(5), 10, Cancelled));
        await store.Handovers.OfferAsync("me", ["a"], Cancelled);
        await store.Handovers.LeaveAsync("me", Cancelled);

        Assert.Equal(("a", 7L, 4L), (room.RoomId, room.Sequence, room.Epoch));
        Assert.Equal("a", Assert.Single(await store.Handovers.AcceptAsync("other", 10, Cancelled)).RoomId);
        Assert.Equal(PostgresSchema.Version, await _database.ReadAsync<int>("SELECT schema_version FROM store"));
    }

    /// <summary>Databases that have them would not get what is added to them.</summary>
    [Theory]
    [InlineData(1, "2E7ABF09380943DBF32724B2488A549D6AE758BC46C94DB91D1829F7F4E0A36D")]
    [InlineData(2, "B2201498B3C0862D52C604AD719137F89086DCEB7C6B273199153ADB91ADA07F")]
    public void Migrations_ThatDatabasesHave_StayAsTheyAre(int version, string hash) => Assert.Equal(
        hash, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(PostgresSchema.Migrations[version - 1].Sql))));

    [Fact]
    public void Script_ForOwners_HasEachMigration()
    {
        var script = File.ReadAllText(RepositoryRoot.PathTo("deploy", "postgres", "schema.sql"));

        Assert.All(PostgresSchema.Migrations, migration => Assert.Contains(migration.Sql, script, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_PasswordFile_IsReadAtEachConnection()
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "wrong\n", Cancelled);
            var password = settings.Password;
            settings.Password = null;
            var options = new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = settings.ConnectionString, PasswordFile = file };
            var refused = await Assert.ThrowsAsync<StoreException>(() => OpenAsync(options));
            Assert.Contains("Store:PasswordFile", refused.Message, StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, $"{password}\n", Cancelled);
            await using var store = await OpenAsync(options);
            await store.ProbeAsync(Cancelled);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_Database_SaysWhereItIsWithoutUserAndPassword()
    {
        var log = new LogRecorder<PostgresStore>();
        await using var store = await PostgresStore.OpenAsync(_database.Options, TimeProvider.System, log, Cancelled);

        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        var opened = Assert.Single(log.Entries(2000));
        Assert.Contains($"the database {settings.Database} at {settings.Host}", opened.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", opened.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<PostgresStore> OpenAsync(StoreOptions options) =>
        PostgresStore.OpenAsync(options, TimeProvider.System, NullLogger<PostgresStore>.Instance, Cancelled);
}
