using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Storage;

namespace EyesonBridge.Tests.Observation;

/// <summary>A row that cannot be read is set aside; everything else goes on, and a command lets the row go on too.</summary>
public sealed class UnreadableRowsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = ObservationBench.Timeout)]
    [InlineData("state", "state = x'7B6E6F'")]
    [InlineData("state", "state = x'FFFE00'")]
    [InlineData("status", "status = 'unheardOf'")]
    [InlineData("wanted_by", "wanted_by = '{'")]
    [InlineData("wanted_by", "wanted_by = '[null]'")]
    public async Task Claim_OneUnreadableRow_SetsItAsideAndObservesTheOthers(string part, string change)
    {
        var time = new ManualTimeProvider();
        await using var bridge = await ObservationBench.CreateAsync(time);
        foreach (var room in (string[])["a", "bad", "c"])
        {
            bridge.Eyeson.CreateRoom(room);
            await bridge.RegisterAsync(room);
        }

        bridge.Execute($"UPDATE rooms SET {change} WHERE room_id = 'bad'");
        await bridge.StartAsync();
        await bridge.WhenAsync<RoomStateReported>("a");
        await bridge.WhenAsync<RoomStateReported>("c");
        await bridge.Log.WhenAsync(3040, 1, Cancelled);

        Assert.Contains($"its {part} cannot be read", Assert.Single(bridge.Log.Entries(3040)).Text, StringComparison.Ordinal);
        Assert.Equal(3, (await bridge.Store.ListRoomsAsync(Cancelled)).Count);
        var claims = bridge.Store.Claims;
        await time.AdvanceUntilAsync(() => bridge.Store.Claims > claims + 2, TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), (bridge.Log.Count(3040), bridge.Log.Count(3009)));

        using (var repair = SqliteRepair.Open(bridge.ConnectionString))
        {
            Assert.Equal(new SetAsideCount("bad", part, 1), Assert.Single(repair.List()));
            Assert.Equal(new RepairedRoom(part, 0), repair.Repair("bad"));
            Assert.Null(repair.Repair("bad"));
            Assert.Empty(repair.List());
        }

        await time.AdvanceUntilAsync(async () => (await bridge.EventsAsync("bad")).Any(happened => happened is RoomStateReported), TimeSpan.FromSeconds(1));
        Assert.Equal(["command"], (await bridge.FindAsync("bad")).WantedBy);
        await bridge.AssertSoundAsync("bad");
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Restart_RowThatWasSetAside_IsTriedAgain()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Eyeson.CreateRoom("room");
        await bridge.RegisterAsync();
        bridge.Execute("UPDATE rooms SET state = x'00'");
        await bridge.StartAsync();
        await bridge.Log.WhenAsync(3040, 1, Cancelled);
        await bridge.StopAsync();
        bridge.Execute("UPDATE rooms SET state = NULL"); // as when a version is started that can read it

        await bridge.StartAsync();

        await bridge.WhenAsync<RoomStateReported>();
        Assert.Equal(1, bridge.Log.Count(3040));
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Register_RoomThatIsSetAside_IsTriedAgainWithWhatWantsItNow()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Eyeson.CreateRoom("room");
        await bridge.RegisterAsync();
        bridge.Execute("UPDATE rooms SET wanted_by = 'nonsense'");
        await bridge.StartAsync();
        await bridge.Log.WhenAsync(3040, 1, Cancelled);

        await bridge.RegisterAsync();

        await bridge.WhenAsync<RoomStateReported>();
        Assert.Equal(["command"], (await bridge.FindAsync()).WantedBy);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Register_RoomOfUnknownStatus_BeginsAnew()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        bridge.Eyeson.CreateRoom("room");
        await bridge.RegisterAsync();
        bridge.Execute("UPDATE rooms SET status = 'unheardOf'");
        await bridge.StartAsync();
        await bridge.Log.WhenAsync(3040, 1, Cancelled);

        await bridge.RegisterAsync();

        await bridge.WhenAsync<RoomStateReported>();
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Inbox_EntryThatCannotBeRead_IsSetAsideAndTheOthersAreTakenUp()
    {
        await using var bridge = await ObservationBench.CreateStartedAsync();
        await bridge.Store.DeliverAsync(Entry(InboxKind.PermalinkStarted, "{}"), Cancelled);
        await bridge.Store.DeliverAsync(Entry(InboxKind.Webhook, """{"type":"snapshot_update","snapshots":[{"id":"s","name":"n","creator":{},"links":{},"room":{"id":"room"}}]}"""), Cancelled);
        await bridge.WhenAsync<SnapshotTaken>();
        await bridge.Log.WhenAsync(3041, 1, Cancelled);

        while (await bridge.FindAsync() is not { IsFollowed: false, Owner: null })
            await Task.Yield();
        Assert.Empty(await bridge.Store.ReadInboxAsync("room", Cancelled));
        Assert.Equal(0, bridge.Log.Count(3018));
        using var repair = SqliteRepair.Open(bridge.ConnectionString);
        Assert.Equal(new SetAsideCount("room", RoomParts.Inbox, 1), Assert.Single(repair.List()));
        Assert.Equal(new RepairedRoom(Part: null, 1), repair.Repair("room"));
        Assert.Empty(repair.List());
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Positions_Unreadable_AreToldAndTheRoomIsObserved()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        await bridge.ObserveAsync();
        await bridge.StopAsync();
        bridge.Execute("UPDATE rooms SET positions = 'nonsense'");

        await bridge.StartAsync();

        await bridge.WhenAsync<ObservationResumed>();
        Assert.Equal((1, 0), (bridge.Log.Count(3042), bridge.Log.Count(3040)));
    }

    private static InboxEntry Entry(InboxKind kind, string body) =>
        new(Id: 0, "room", "default", kind, System.Text.Encoding.UTF8.GetBytes(body), TimeProvider.System.GetUtcNow());
}
