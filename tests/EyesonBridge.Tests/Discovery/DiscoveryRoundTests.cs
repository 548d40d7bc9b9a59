using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Discovery;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Discovery;

public sealed class DiscoveryRoundTests : IAsyncLifetime
{
    private const string Key = "a-key";

    private readonly SqliteFixture _files = new();
    private readonly HttpClient _http = new();
    private readonly LogRecorder<RoomDiscovery> _log = new();
    private readonly EyesonOptions _options = new();
    private EyesonSimulator _eyeson = null!;
    private SqliteStore _store = null!;
    private EyesonRest _rest = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _eyeson = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [Key, "second-key"] }, Cancelled);
        _store = await _files.OpenAsync();
        _options.Url = _eyeson.Url.ToString();
        _options.Accounts["default"] = new AccountOptions { ApiKey = Key };
        var options = Options.Create(_options);
        var keys = new AccountKeys(options);
        var gate = new AccountGate(keys, Options.Create(new AccountPaceOptions()), TimeProvider.System, NullLogger<AccountGate>.Instance);
        _rest = new EyesonRest(_http, options, keys, gate, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _eyeson.DisposeAsync();
        _http.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Run_RoomsThatRun_AreRegisteredAndThoseOfOtherKeysNot()
    {
        _eyeson.CreateRoom("a");
        _eyeson.CreateRoom("b").Shutdown();
        _eyeson.CreateRoom("c", apiKey: "second-key");

        await Round().RunAsync(Cancelled);

        var room = Assert.Single(await _store.ListRoomsAsync(Cancelled));
        Assert.Equal(("a", "default", IntentSources.Discovery), (room.RoomId, room.Account, Assert.Single(room.WantedBy)));
    }

    [Fact]
    public async Task Run_MoreThanTheLimit_ObservesThatManyAndGoesOnWhenOneEnds()
    {
        var rooms = Enumerable.Range(0, 5).Select(i => _eyeson.CreateRoom($"room{i}")).ToList();
        var round = Round(maxRooms: 3);
        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);
        var found = (await _store.ListRoomsAsync(Cancelled)).Select(room => room.RoomId).ToList();
        Assert.Equal(3, found.Count);
        Assert.Equal(1, _log.Count(7001)); // said once, not in each round

        rooms.First(room => found.Contains(room.Id)).Shutdown();
        await round.RunAsync(Cancelled);

        Assert.Equal(4, (await _store.ListRoomsAsync(Cancelled)).Count);
    }

    [Fact]
    public async Task Run_StoppedByACommand_StaysStoppedAlsoAfterARestart()
    {
        _eyeson.CreateRoom("a");
        var round = Round();
        await round.RunAsync(Cancelled);
        await _store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        await round.RunAsync(Cancelled);
        await Round().RunAsync(Cancelled); // as a process does that begins

        Assert.False((await _store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    [Fact]
    public async Task Run_RejectedThoughItRuns_IsRegisteredAgain()
    {
        _eyeson.CreateRoom("a");
        var round = Round();
        await round.RunAsync(Cancelled);
        var held = Assert.Single(await _store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 1, Cancelled));
        await _store.AppendAsync(
            SqliteFixture.Append(held, 0) with { Status = ObservationStatus.Rejected, Closure = AppendClosure.Final }, Cancelled);

        await round.RunAsync(Cancelled);

        Assert.True((await _store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    [Fact]
    public async Task Run_EyesonAway_TellsItOnceAndGoesOn()
    {
        var round = Round();
        _eyeson.CreateRoom("a");
        _eyeson.Faults.RestStatus = 503;
        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);
        Assert.Equal(1, _log.Count(7002));

        _eyeson.Faults.Reset();
        await round.RunAsync(Cancelled);

        Assert.Single(await _store.ListRoomsAsync(Cancelled));
    }

    [Fact]
    public async Task Run_WantedByACommandToo_EndsOnlyWhenNeitherWantsIt()
    {
        _eyeson.CreateRoom("a");
        await _store.RegisterRoomAsync(new RoomRegistration("a", "default", IntentSources.Permalink("p"), WaitUntil: null, _files.Time.GetUtcNow()), Cancelled);
        await Round().RunAsync(Cancelled);
        Assert.Equal([IntentSources.Discovery, "permalink:p"], (await _store.FindRoomAsync("a", Cancelled))!.WantedBy);

        await _store.UnregisterRoomAsync("a", IntentSources.Permalink("p"), Cancelled);

        Assert.True((await _store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    private DiscoveryRound Round(int maxRooms = 1_000) => new("default", _store, _rest, maxRooms, _files.Time, _log);
}
