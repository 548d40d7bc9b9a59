using System.Text.RegularExpressions;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.Tls;
using EyesonBridge.Tests.Cli;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>What doctor finds of a database: that all is well, or what is wrong, where, and what to do.</summary>
[Collection(PostgresTests.Name)]
public sealed partial class PostgresCheckupTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Slow = 60_000;
    private const string Password = "a-secret-word";

    private readonly TestDatabase _database = new(postgres);
    private readonly List<string> _doubts = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact(Timeout = Slow)]
    public async Task Check_EmptyDatabase_IsWell()
    {
        var found = await CheckAsync();

        Assert.Contains($"has schema 0; the bridge makes schema {PostgresSchema.Version} when it starts", found, StringComparison.Ordinal);
        Assert.Empty(_doubts);
        Assert.Equal(0, await _database.ReadAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Fact(Timeout = Slow)]
    public async Task Check_DatabaseOfARunningReplica_SaysHowItIsReachedAndWhoRuns()
    {
        await using var bridge = await _database.OpenAsync();
        await bridge.BeginLeaseAsync("me", Cancelled);

        var found = await CheckAsync();

        Assert.Contains($"has schema {PostgresSchema.Version}; 0 events are waiting in its outbox", found, StringComparison.Ordinal);
        Assert.Matches(@"; PostgreSQL \d+[^;]*, (not encrypted|TLSv1\.\d); its clock is \d\.\d s (behind|ahead of) this machine's; one replica runs$", found);
        Assert.Empty(_doubts);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_WrongPassword_SaysSoWithoutIt()
    {
        var refused = await FailAsync(settings => settings.Password = Password);

        Assert.Contains("rejects user or password. Correct Store:ConnectionString", refused, StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_MissingDatabase_SaysSo()
    {
        var refused = await FailAsync(static settings => settings.Database = "no_such_database");

        Assert.Contains("the database no_such_database at", refused, StringComparison.Ordinal);
        Assert.Contains("does not exist. Create the database", refused, StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_NobodyThere_SaysSo() =>
        Assert.Contains("cannot be reached (ConnectionRefused)", await FailAsync(static settings => (settings.Host, settings.Port) = ("127.0.0.1", 1)), StringComparison.Ordinal);

    [Fact(Timeout = Slow)]
    public async Task Check_NewerSchema_SaysSo()
    {
        await using (await _database.OpenAsync())
            await _database.ExecuteAsync("UPDATE store SET schema_version = 99");

        Assert.Contains("schema 99, which a newer version of the bridge has made", await FailAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_UserThatMayNotMakeTheTables_IsToldWhoDoes()
    {
        await _database.ExecuteAsync("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var role = await CreateRoleAsync();

        Assert.Contains("its user may not make it. Have the owner of the database run deploy/postgres/schema.sql", await FailAsync(role), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_UserThatLacksRights_IsToldWhichOnes()
    {
        await (await _database.OpenAsync()).DisposeAsync();
        var role = await CreateRoleAsync();
        Assert.Contains("lacks rights in the database", await FailAsync(role), StringComparison.Ordinal);

        var grants = string.Join('\n', File.ReadLines(RepositoryRoot.PathTo("deploy", "postgres", "grants.sql")).Where(static line => !line.Contains('\\', StringComparison.Ordinal)));
        await _database.ExecuteAsync(grants.Replace(":\"role\"", role, StringComparison.Ordinal));
        Assert.Contains("no replica runs", await CheckAsync(AsRole(role)), StringComparison.Ordinal);

        await _database.ExecuteAsync($"REVOKE INSERT, DELETE ON outbox FROM {role}; REVOKE USAGE ON SEQUENCE outbox_ids FROM {role}");
        Assert.Contains(": INSERT, DELETE on outbox; USAGE on outbox_ids. Have the owner of the tables run deploy/postgres/grants.sql.", await FailAsync(role), StringComparison.Ordinal);
    }

    [Fact]
    public void Rights_ThatAreLookedFor_AreThoseThatTheScriptGrants()
    {
        var script = File.ReadAllText(RepositoryRoot.PathTo("deploy", "postgres", "grants.sql"));
        var granted = Grant().Matches(script).SelectMany(static grant =>
            from relation in grant.Groups["relations"].Value.Split(',', StringSplitOptions.TrimEntries)
            from right in grant.Groups["rights"].Value.Split(',', StringSplitOptions.TrimEntries)
            select $"{right} ON {relation}");

        Assert.Equal(granted.Order(StringComparer.Ordinal), PostgresCheckup.Rights.Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Slow)]
    public async Task Check_ReadOnlyDatabase_SaysSo()
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database;
        await _database.ExecuteAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        NpgsqlConnection.ClearAllPools();

        Assert.Contains("is read-only for the user of the bridge. Turn that off: ALTER DATABASE", await FailAsync(), StringComparison.Ordinal);
    }

    [Theory(Timeout = Slow)]
    [InlineData(60, "behind")]
    [InlineData(-60, "ahead of")]
    public async Task Check_ClocksThatDiffer_IsDoubted(int seconds, string how)
    {
        await CheckAsync(_database.Options, new ShiftedTime(TimeSpan.FromSeconds(seconds)));

        Assert.Matches($@"^its clock is (59|60)\.\d s {how} this machine's\. .*NTP", Assert.Single(_doubts));
    }

    [Fact(Timeout = Slow)]
    public async Task Check_Tls_SaysWhatIsUsedAndWhatIsWrongWithIt()
    {
        using var folder = new TempFolder();
        using var authority = new TestAuthority("The Authority");
        using var other = new TestAuthority("Another");
        authority.WriteServerFiles(folder.Path, "127.0.0.1");
        await using var server = await PostgresServer.StartPrivateAsync(Cancelled, folder.Path);
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(Cancelled)) { SslMode = SslMode.VerifyFull, RootCertificate = folder.Combine("ca.pem") };

        Assert.Contains(", TLSv1.", await CheckAsync(Of(settings)), StringComparison.Ordinal);

        settings.RootCertificate = other.WriteTo(folder.Combine("other.pem"));
        Assert.Contains("The certificate of the database", await FailAsync(Of(settings)), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Check_TlsThatTheServerDoesNotOffer_SaysSo()
    {
        await using var server = await PostgresServer.StartPrivateAsync(Cancelled);
        var settings = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync(Cancelled)) { SslMode = SslMode.VerifyFull };

        Assert.Contains("does not offer TLS. Turn it on there (ssl = on", await FailAsync(Of(settings)), StringComparison.Ordinal);
    }

    [Fact(Timeout = Slow)]
    public async Task Doctor_PostgresStore_HasALineForIt()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Store__Provider"] = "Postgres",
            ["Store__ConnectionString"] = _database.ConnectionString,
            ["Bus__Url"] = "amqp://guest:guest@127.0.0.1:1",
        };

        var run = await CommandRun.OfAsync(settings, "doctor");

        Assert.Contains(run.Lines, static line => line.StartsWith("ok     store ", StringComparison.Ordinal) && line.Contains("its clock is", StringComparison.Ordinal));
    }

    private static StoreOptions Of(NpgsqlConnectionStringBuilder settings) => new() { Provider = StoreProvider.Postgres, ConnectionString = settings.ConnectionString };

    private StoreOptions AsRole(string role) => Of(new NpgsqlConnectionStringBuilder(_database.ConnectionString) { Username = role, Password = Password });

    private async Task<string> CreateRoleAsync()
    {
        var role = $"bridge_{Guid.NewGuid():N}";
        await _database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD '{Password}'");
        return role;
    }

    private Task<string> CheckAsync(StoreOptions? options = null, TimeProvider? time = null) =>
        PostgresCheckup.RunAsync(options ?? _database.Options, time ?? TimeProvider.System, _doubts.Add, Cancelled);

    private async Task<string> FailAsync(StoreOptions? options = null)
    {
        var refused = await Assert.ThrowsAsync<StoreException>(() => CheckAsync(options));
        Assert.DoesNotContain(Password, refused.Message, StringComparison.Ordinal);
        return refused.Message;
    }

    private Task<string> FailAsync(string role) => FailAsync(AsRole(role));

    private Task<string> FailAsync(Action<NpgsqlConnectionStringBuilder> change)
    {
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        change(settings);
        return FailAsync(Of(settings));
    }

    [GeneratedRegex(@"GRANT (?<rights>[A-Z, ]+?)\s+ON (?!SCHEMA)(?:SEQUENCE )?(?<relations>[a-z_, ]+?)\s+TO", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grant();

    /// <summary>The system's clock, wrong by a constant.</summary>
    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
