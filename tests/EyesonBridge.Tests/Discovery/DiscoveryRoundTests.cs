using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Discovery;
using EyesonBridge.Meetings;
using EyesonBridge.Simulator;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Observation;
using EyesonBridge.Tests.Storage;
using EyesonBridge.Tests.Storage.Sqlite;
using EyesonBridge.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Discovery;

public sealed class DiscoveryRoundTests : IAsyncLifetime
{
    private ObservationBench _bridge = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _bridge = await ObservationBench.CreateAsync(simulator: new SimulatorOptions { ApiKeys = [ObservationBench.Key, "second-key"] });

    public ValueTask DisposeAsync() => _bridge.DisposeAsync();

    [Fact(Timeout = 60_000)]
    public async Task Run_RoomsThatRun_AreRegisteredAndThoseOfOtherKeysNot()
    {
        _bridge.Eyeson.CreateRoom("a");
        _bridge.Eyeson.CreateRoom("b").Shutdown();
        _bridge.Eyeson.CreateRoom("c", apiKey: "second-key");

        await Round().RunAsync(Cancelled);

        var room = Assert.Single(await _bridge.Store.ListRoomsAsync(Cancelled));
        Assert.Equal(("a", "default", IntentSources.Discovery), (room.RoomId, room.Account, Assert.Single(room.WantedBy)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_EachOutcome_IsCounted()
    {
        using var measured = new Measured("eyeson_bridge.discovery.rounds", "eyeson_bridge.rest.calls");
        var round = Round();

        await round.RunAsync(Cancelled);
        _bridge.Eyeson.Faults.RestStatus = 503;
        await round.RunAsync(Cancelled);
        _bridge.Eyeson.Faults.RestStatus = 401;
        await round.RunAsync(Cancelled);

        Assert.Equal(
            [
                "outcome=ok", "eyeson.account=default outcome=succeeded", "outcome=serverError", "eyeson.account=default outcome=failed",
                "outcome=keyRefused", "eyeson.account=default outcome=keyRefused",
            ],
            measured.Tags);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_RoomIdsThatCannotBePublished_AreLeftOutAndToldOnce()
    {
        _bridge.Eyeson.CreateRoom(new string('中', 86));
        _bridge.Eyeson.CreateRoom("good");
        var round = Round();

        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);

        Assert.Equal("good", Assert.Single(await _bridge.Store.ListRoomsAsync(Cancelled)).RoomId);
        Assert.Contains("at most 255 bytes", Assert.Single(_bridge.Log.Entries(7020)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_MoreThanTheLimit_ObservesThatManyAndGoesOnWhenOneEnds()
    {
        var rooms = Enumerable.Range(0, 5).Select(i => _bridge.Eyeson.CreateRoom($"room{i}")).ToList();
        var round = Round(maxRooms: 3);
        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);
        var found = (await _bridge.Store.ListRoomsAsync(Cancelled)).Select(room => room.RoomId).ToList();
        Assert.Equal(3, found.Count);
        Assert.Equal(1, _bridge.Log.Count(7001)); // said once, not in each round

        rooms.First(room => found.Contains(room.Id)).Shutdown();
        await round.RunAsync(Cancelled);

        Assert.Equal(4, (await _bridge.Store.ListRoomsAsync(Cancelled)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_StoppedByACommand_StaysStoppedAlsoAfterARestart()
    {
        _bridge.Eyeson.CreateRoom("a");
        var round = Round();
        await round.RunAsync(Cancelled);
        await _bridge.Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        await round.RunAsync(Cancelled);
        await Round().RunAsync(Cancelled); // as a process does that begins

        Assert.False((await _bridge.Store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_RejectedThoughItRuns_IsRegisteredAgain()
    {
        _bridge.Eyeson.CreateRoom("a");
        var round = Round();
        await round.RunAsync(Cancelled);
        var held = Assert.Single(await _bridge.Store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 1, Cancelled));
        await _bridge.Store.AppendAsync(
            SqliteFixture.Append(held, 0) with { Status = ObservationStatus.Rejected, Closure = AppendClosure.Final }, Cancelled);

        await round.RunAsync(Cancelled);

        Assert.True((await _bridge.Store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_NextMeetingWhileTheEndOfTheOneBeforeIsNotHeard_IsObservedAfterwards()
    {
        var first = _bridge.Eyeson.CreateRoom("a");
        await _bridge.Store.RegisterRoomAsync(new RoomRegistration("a", "default", IntentSources.Command, WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancelled);
        var held = Assert.Single(await _bridge.Store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 1, Cancelled));
        first.Shutdown();
        _bridge.Eyeson.CreateRoom("a");
        var round = Round();

        await round.RunAsync(Cancelled);
        await _bridge.Store.AppendAsync(
            SqliteFixture.Append(held, 0) with
            {
                Status = ObservationStatus.Ended,
                MeetingId = MeetingState.MeetingId("a", TimeProvider.System.GetUtcNow().AddHours(-1)),
                Closure = AppendClosure.Final,
            },
            Cancelled);
        await round.RunAsync(Cancelled);

        var room = (await _bridge.Store.FindRoomAsync("a", Cancelled))!;
        Assert.Equal((ObservationStatus.Waiting, IntentSources.Discovery), (room.Status, Assert.Single(room.WantedBy)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_RoomThatAnotherAccountObserves_IsToldOnceAndTakenUpAfterwards()
    {
        _bridge.Eyeson.CreateRoom("a");
        await _bridge.Store.RegisterRoomAsync(new RoomRegistration("a", "other", IntentSources.Command, WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancelled);
        var round = Round();
        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);
        Assert.Equal(1, _bridge.Log.Count(7004));

        var held = Assert.Single(await _bridge.Store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 1, Cancelled));
        await _bridge.Store.AppendAsync(
            SqliteFixture.Append(held, 0) with { Status = ObservationStatus.Ended, Reason = "stopped", Closure = AppendClosure.Final }, Cancelled);
        await round.RunAsync(Cancelled);

        var room = (await _bridge.Store.FindRoomAsync("a", Cancelled))!;
        Assert.Equal(("default", IntentSources.Discovery), (room.Account, Assert.Single(room.WantedBy)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_EyesonAway_TellsItOnceAndGoesOn()
    {
        var round = Round();
        _bridge.Eyeson.CreateRoom("a");
        _bridge.Eyeson.Faults.RestStatus = 503;
        await round.RunAsync(Cancelled);
        await round.RunAsync(Cancelled);
        Assert.Equal(1, _bridge.Log.Count(7002));

        _bridge.Eyeson.Faults.Reset();
        await round.RunAsync(Cancelled);

        Assert.Single(await _bridge.Store.ListRoomsAsync(Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Run_WantedByACommandToo_EndsOnlyWhenNeitherWantsIt()
    {
        _bridge.Eyeson.CreateRoom("a");
        await _bridge.Store.RegisterRoomAsync(new RoomRegistration("a", "default", IntentSources.Permalink("p"), WaitUntil: null, TimeProvider.System.GetUtcNow()), Cancelled);
        await Round().RunAsync(Cancelled);
        Assert.Equal([IntentSources.Discovery, "permalink:p"], (await _bridge.Store.FindRoomAsync("a", Cancelled))!.WantedBy);

        await _bridge.Store.UnregisterRoomAsync("a", IntentSources.Permalink("p"), Cancelled);

        Assert.True((await _bridge.Store.FindRoomAsync("a", Cancelled))!.IsWanted);
    }

    private DiscoveryRound Round(int maxRooms = 1_000) => new("default", _bridge.Store, _bridge.Services.GetRequiredService<EyesonRest>(), maxRooms, TimeProvider.System, _bridge.Log);
}
