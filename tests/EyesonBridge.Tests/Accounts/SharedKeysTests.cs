using EyesonBridge.Accounts;
using EyesonBridge.Accounts.Sharing;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage.Postgres;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Accounts;

/// <summary>What one replica finds of an API key is known to the others.</summary>
[Collection(ReplicaTests.Name)]
public sealed class SharedKeysTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Key = "the-key";

    private readonly TestDatabase _database = new(postgres);
    private readonly List<Peer> _peers = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers)
            await peer.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Refused_ByOneReplica_IsKnownToTheOtherAndSaidOnce()
    {
        var (one, other) = (await StartAsync("default"), await StartAsync("Default"));

        one.Accounts.NoteRefused("default", Key);
        await other.Log.WhenAsync(7110, 1);

        Assert.True(other.Accounts.IsRefused("Default", Key));
        Assert.Equal(["Default"], other.Accounts.Refused);
        Assert.Equal((1, 0), (one.Log.Count(3012), one.Log.Count(7110)));
        Assert.DoesNotContain(Key, await _database.ReadAsync<string>("SELECT string_agg(k::text, '') FROM account_keys k"), StringComparison.Ordinal);
        Assert.DoesNotContain(one.Log.Texts.Concat(other.Log.Texts), text => text.Contains(Key, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refused_ButTheOtherHasAnotherKey_ConcernsItNot()
    {
        var (one, other) = (await StartAsync("default"), await StartAsync("default"));
        other.Account.ApiKey = "a-newer-key";

        one.Accounts.NoteRefused("default", Key);
        while (await CountAsync() == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        one.Account.ApiKey = "a-newer-key";
        other.Accounts.NoteRefused("default", "a-newer-key"); // what is said later is learned later
        await one.Log.WhenAsync(7110, 1);

        Assert.Equal(0, other.Log.Count(7110));
        Assert.False(other.Accounts.IsRefused("default", Key));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refused_BeforeAReplicaBegan_IsTriedByItAndAllLearnThatItIsAcceptedAgain()
    {
        var one = await StartAsync("default");
        one.Accounts.NoteRefused("default", Key);
        while (await CountAsync() == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        var waiting = one.Accounts.WhenKeyChangesAsync("default", Cancelled);

        var later = await StartAsync("default");
        Assert.False(later.Accounts.IsRefused("default", Key));
        later.Accounts.NoteAccepted("default", Key);

        await one.Log.WhenAsync(7111, 1);
        await waiting;
        Assert.False(one.Accounts.IsRefused("default", Key));
    }

    [Fact(Timeout = 60_000)]
    public async Task Refused_BeforeAReplicaBeganAndStill_IsKnownAsBefore()
    {
        var one = await StartAsync("default");
        one.Accounts.NoteRefused("default", Key);
        while (await CountAsync() == 0)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        var later = await StartAsync("default");
        later.Accounts.NoteRefused("default", Key);
        later.Accounts.NoteAccepted("default", Key); // an answer that is outdated
        var latest = await StartAsync("default");
        latest.Accounts.NoteRefused("default", "another"); // not its key: nothing
        later.Account.ApiKey = latest.Account.ApiKey = "mended";
        later.Accounts.NoteAccepted("default", "mended");

        await later.Log.WhenAsync(3013, 1);
        Assert.True(one.Accounts.IsRefused("default", Key));
        Assert.Equal(0, one.Log.Count(7111));
    }

    [Fact(Timeout = 60_000)]
    public async Task Accepted_WithANewKey_LetsTheOthersLookAtOnceWhetherTheyHaveIt()
    {
        var (one, other) = (await StartAsync("default"), await StartAsync("default"));
        one.Accounts.NoteRefused("default", Key);
        await other.Log.WhenAsync(7110, 1);
        var time = new ManualTimeProvider();
        var frozen = await StartAsync("default", time); // its clock stands: only news wakes it
        var told = await ToldAtAsync();
        frozen.Accounts.NoteRefused("default", Key);
        while (await ToldAtAsync() == told)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield(); // or it could be told after what follows
        }
        var waiting = frozen.Accounts.WhenKeyChangesAsync("default", Cancelled);
        Assert.False(waiting.IsCompleted);

        one.Account.ApiKey = frozen.Account.ApiKey = "mended";
        one.Accounts.NoteAccepted("default", "mended");

        await waiting;
    }

    [Fact(Timeout = 60_000)]
    public async Task Accepted_WithoutARefusalBefore_IsNoNews()
    {
        var one = await StartAsync("default");

        one.Accounts.NoteAccepted("default", Key);
        await one.Store.NoteKeyAsync(new KeyFinding("DEFAULT", "some", IsRefused: false), Cancelled);

        Assert.Equal(0, await CountAsync());

        await one.Store.NoteKeyAsync(new KeyFinding("DEFAULT", "some", IsRefused: true), Cancelled);
        await one.Store.NoteKeyAsync(new KeyFinding("DEFAULT", "another", IsRefused: false), Cancelled);
        await one.Store.NoteKeyAsync(new KeyFinding("DEFAULT", "a third", IsRefused: false), Cancelled);
        Assert.Equal("another", Assert.Single(await one.Store.ListKeysAsync(Cancelled)).Fingerprint);
    }

    private Task<DateTime> ToldAtAsync() => _database.ReadAsync<DateTime>("SELECT at FROM account_keys");

    private Task<long> CountAsync() => _database.ReadAsync<long>("SELECT count(*) FROM account_keys");

    private async Task<Peer> StartAsync(string account, TimeProvider? time = null)
    {
        var peer = new Peer(await _database.OpenAsync(), account, time ?? TimeProvider.System);
        _peers.Add(peer);
        await peer.StartAsync(Cancelled);
        return peer;
    }

    /// <summary>A replica, as far as it has to do with keys.</summary>
    private sealed class Peer : IAsyncDisposable
    {
        private readonly SharedKeys _shared;

        public Peer(PostgresStore store, string account, TimeProvider time)
        {
            Store = store;
            var options = new EyesonOptions();
            options.Accounts[account] = Account;
            Accounts = new AccountGate(
                new AccountKeys(Microsoft.Extensions.Options.Options.Create(options)),
                Microsoft.Extensions.Options.Options.Create(new AccountPaceOptions()),
                time,
                new Logger<AccountGate>(Log));
            _shared = new SharedKeys(Accounts, store, TimeProvider.System, new Logger<SharedKeys>(Log));
        }

        public PostgresStore Store { get; }

        public AccountOptions Account { get; } = new() { ApiKey = Key };

        public AccountGate Accounts { get; }

        public LogRecorder Log { get; } = new();

        /// <summary>Begins, and has looked once.</summary>
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Store.BeginLeaseAsync(Guid.NewGuid().ToString("N"), cancellationToken);
            await _shared.StartAsync(cancellationToken);
            await _shared.HasLooked.WaitAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _shared.StopAsync(CancellationToken.None);
            _shared.Dispose();
            await Store.DisposeAsync();
        }
    }
}
