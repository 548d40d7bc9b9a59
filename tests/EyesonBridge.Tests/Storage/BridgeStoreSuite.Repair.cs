using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

/// <summary>What an operator does to single rooms, beside the bridge that has the store open.</summary>
public abstract partial class BridgeStoreSuite
{
    /// <summary>Opens the store of this test as an operator does.</summary>
    private protected abstract Task<IStoreRepair> OpenRepairAsync();

    [Fact(Timeout = 60_000)]
    public async Task Repair_UnreadableState_GivesItUpAndLetsTheRoomBeClaimedAgain()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, Event()) with { State = "nonsense"u8.ToArray() }, Cancelled);
        await HoldAsync("other");
        await Store.SetAsideAsync(await FindAsync("a"), RoomParts.State, Cancelled);
        Assert.Empty(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
        await using var repair = await OpenRepairAsync();
        Assert.Equal([new SetAsideCount("a", RoomParts.State, 1)], await repair.ListAsync(Cancelled));

        Assert.Equal(new RepairedRoom(RoomParts.State, 0), await repair.RepairAsync("a", Cancelled));

        Assert.Null(await repair.RepairAsync("a", Cancelled));
        Assert.Empty(await repair.ListAsync(Cancelled));
        var claimed = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
        Assert.Equal(("a", 1, 0, ObservationStatus.Observing), (claimed.RoomId, claimed.Sequence, claimed.State.Length, claimed.Status));
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_UnreadableStatus_LetsTheRoomBeginAnew()
    {
        await Store.SetAsideAsync(await HoldAsync("a"), RoomParts.Status, Cancelled);
        await using var repair = await OpenRepairAsync();

        Assert.Equal(new RepairedRoom(RoomParts.Status, 0), await repair.RepairAsync("a", Cancelled));

        Assert.Equal(ObservationStatus.Waiting, Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled)).Status);
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_UnreadableWishes_AreSummedUpAgain()
    {
        await Store.RegisterRoomAsync(Registration("a", source: "webhook"), Cancelled);
        await Store.SetAsideAsync(await HoldAsync("a"), RoomParts.WantedBy, Cancelled);
        await using var repair = await OpenRepairAsync();

        await repair.RepairAsync("a", Cancelled);

        Assert.Equal(["command", "webhook"], Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled)).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_RoomWhoseWishesAreLost_IsWantedByACommand()
    {
        var room = await HoldAsync("a");
        await Store.UnregisterRoomAsync("a", "command", Cancelled);
        await Store.SetAsideAsync(await FindAsync("a") with { Owner = room.Owner }, RoomParts.WantedBy, Cancelled);
        await using var repair = await OpenRepairAsync();

        await repair.RepairAsync("a", Cancelled);

        Assert.Equal(["command"], Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled)).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_UnreadableInbox_IsGivenUp()
    {
        await HoldAsync("a");
        foreach (var body in (string[])["1", "2"])
            await Store.DeliverAsync(new InboxEntry(0, "a", "default", InboxKind.Webhook, System.Text.Encoding.UTF8.GetBytes(body), At), Cancelled);
        await Store.SetInboxAsideAsync([(await Store.ReadInboxAsync("a", Cancelled))[0].Id], Cancelled);
        await using var repair = await OpenRepairAsync();
        Assert.Equal([new SetAsideCount("a", RoomParts.Inbox, 1)], await repair.ListAsync(Cancelled));

        Assert.Equal(new RepairedRoom(Part: null, 1), await repair.RepairAsync("a", Cancelled));

        Assert.Empty(await repair.ListAsync(Cancelled));
        await Store.RetrySetAsideAsync(Cancelled);
        Assert.Equal("2"u8.ToArray(), Assert.Single(await Store.ReadInboxAsync("a", Cancelled)).Body.ToArray());
    }

    [Fact(Timeout = 60_000)]
    public async Task Skip_FirstEventOfARoom_IsKeptAndComesBackBehindWhatWaits()
    {
        var (first, second) = (Event("1"), Event("22"));
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, first, second), Cancelled);
        await using var repair = await OpenRepairAsync();
        var waiting = await Store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled);

        var skipped = await repair.SkipAsync("a", Cancelled);

        Assert.Equal(new SkippedEvent(first.EventId.ToString(), "ParticipantJoined", 1, 1), skipped);
        Assert.Equal([new SetAsideCount("a", SetAsideCount.Skipped, 1)], await repair.ListAsync(Cancelled));
        var repairs = await Store.ReadRepairsAsync([.. waiting.Select(static entry => entry.Id)], Cancelled);
        Assert.Equal([waiting[0].Id], repairs.Gone);
        Assert.False(repairs.HasReplays);
        Assert.Equal(0, await Store.ReplaySkippedAsync(Cancelled));

        Assert.Equal(1, await repair.ReplayAsync("a", Cancelled));
        Assert.True((await Store.ReadRepairsAsync([], Cancelled)).HasReplays);
        Assert.Equal(1, await Store.ReplaySkippedAsync(Cancelled));

        var entries = await Store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled);
        Assert.Equal([(2, second.EventId), (1, first.EventId)], entries.Select(static entry => (entry.Sequence, entry.EventId)));
        Assert.Equal("1"u8.ToArray(), entries[1].Payload.ToArray());
        Assert.Equal((0, 0), (await repair.ReplayAsync("a", Cancelled), (await repair.ListAsync(Cancelled)).Count));
    }

    [Fact(Timeout = 60_000)]
    public async Task Skip_NothingWaits_IsTold()
    {
        await HoldAsync("a");
        await using var repair = await OpenRepairAsync();

        Assert.Null(await repair.SkipAsync("a", Cancelled));
        Assert.Equal(0, await repair.ReplayAsync("a", Cancelled));
        Assert.Null(await repair.RepairAsync("a", Cancelled));
        Assert.Null(await repair.RepairAsync("unknown", Cancelled));
    }
}
