using EyesonBridge.Storage;
using EyesonBridge.Storage.Postgres;
using EyesonBridge.Testing.Postgres;
using EyesonBridge.Tests.Logging;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>What one replica at a time does: who has it, and who has it next.</summary>
[Collection(ReplicaTests.Name)]
public sealed class PostgresDutyTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Duty = ReplicaDuties.Permalinks;

    private readonly TestDatabase _database = new(postgres);
    private readonly LogRecorder<PostgresStore> _log = new();
    private CommitRelay _relay = null!;
    private PostgresStore _first = null!;
    private PostgresStore _second = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        (_relay, var options) = CommitRelay.Before(_database.ConnectionString);
        _first = await PostgresStore.OpenAsync(options, TimeProvider.System, _log, Cancelled);
        _second = await _database.OpenAsync();
        await _first.BeginLeaseAsync("first", Cancelled);
        await _second.BeginLeaseAsync("second", Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Duty_WantedByTwo_IsOfOneUntilItIsGivenUp()
    {
        await _first.Duties.WhenHeldAsync(Duty, Cancelled);
        var next = _second.Duties.WhenHeldAsync(Duty, Cancelled);
        await _second.Duties.WhenHeldAsync(ReplicaDuties.Discovery, Cancelled); // it has looked, and has taken what was free
        Assert.False(next.IsCompleted);
        Assert.False(_second.Duties.IsHeld(Duty));
        Assert.Equal("first", await _database.ReadAsync<string>("SELECT owner FROM duties WHERE name = 'permalinks'"));

        await _first.Duties.GiveUpAsync(Duty);
        Assert.False(_first.Duties.IsHeld(Duty));
        Assert.True(_second.Lease.IsHeld); // nobody has to wait for the end of a lease
        await next;

        Assert.Equal("second", await _database.ReadAsync<string>("SELECT owner FROM duties WHERE name = 'permalinks'"));
        Assert.Equal([7104, 7105], _log.Entries(7104).Concat(_log.Entries(7105)).Select(static entry => entry.Id));
    }

    [Fact(Timeout = 60_000)]
    public async Task Duty_OfOneThatIsCutOff_IsTakenOverAfterItWasLetGo()
    {
        await _first.Duties.WhenHeldAsync(Duty, Cancelled);
        var next = _second.Duties.WhenHeldAsync(Duty, Cancelled);

        _relay.Cut();
        await next;

        Assert.False(_first.Duties.IsHeld(Duty)); // before anybody else can have it
        _relay.Heal();
        while (!_first.Lease.IsHeld)
        {
            Cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
        Assert.False(_first.Duties.IsHeld(Duty)); // not for a moment
        Assert.True(_second.Duties.IsHeld(Duty));
    }

    [Fact(Timeout = 60_000)]
    public async Task Duty_OfOneThatWasCutOffAndNobodyTook_IsStillItsOwn()
    {
        await _first.Duties.WhenHeldAsync(Duty, Cancelled);

        _relay.Cut();
        await _log.WhenAsync(7100, 1);
        Assert.False(_first.Duties.IsHeld(Duty));
        _relay.Heal();

        await _first.Duties.WhenHeldAsync(Duty, Cancelled);
        Assert.Equal(1, _log.Count(7104));
    }

    [Fact(Timeout = 60_000)]
    public async Task Duty_OfOneThatCloses_IsTheNextOnesAtOnce()
    {
        await _first.Duties.WhenHeldAsync(Duty, Cancelled);
        var next = _second.Duties.WhenHeldAsync(Duty, Cancelled);

        await _first.DisposeAsync();

        await next;
    }

    [Fact(Timeout = 60_000)]
    public async Task Duty_WantedByManyAtOnce_IsOfOne()
    {
        var stores = new List<PostgresStore> { _first, _second };
        try
        {
            foreach (var name in (string[])["third", "fourth", "fifth", "sixth"])
            {
                stores.Add(await _database.OpenAsync());
                await stores[^1].BeginLeaseAsync(name, Cancelled);
            }

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
            for (var round = 0; round < 10; round++)
            {
                var duty = $"duty {round}";
                var waits = stores.Select(store => store.Duties.WhenHeldAsync(duty, enough.Token)).ToList();
                await Task.WhenAll(stores.Select((store, index) => store.Duties.WhenHeldAsync($"own {round} {index}", Cancelled))); // all have looked

                var holder = Assert.Single(stores, store => store.Duties.IsHeld(duty));
                await waits[stores.IndexOf(holder)];
                _ = Assert.Single(waits, static wait => wait.IsCompletedSuccessfully);
            }

            await enough.CancelAsync();
        }
        finally
        {
            foreach (var store in stores.Skip(2))
                await store.DisposeAsync();
        }
    }
}
