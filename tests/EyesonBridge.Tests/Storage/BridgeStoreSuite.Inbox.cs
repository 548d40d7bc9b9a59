using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Deliver_NeverRegisteredRoom_IsClaimedThoughNobodyWantsIt()
    {
        await Store.DeliverAsync(Webhook("a", "one"), Cancelled);
        await Store.Signals.Intent.WaitAsync(Cancelled);

        var claimed = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));

        Assert.Equal((ObservationStatus.Ended, false, true), (claimed.Status, claimed.IsWanted, claimed.IsFollowed));
        Assert.Equal(["a"], await Store.ListInboxRoomsAsync("me", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadInbox_SeveralEntries_AreInOrderAndWhole()
    {
        foreach (var body in (string[])["one", "two", "three"])
            await Store.DeliverAsync(Webhook("a", body), Cancelled);
        await Store.DeliverAsync(Webhook("b", "other"), Cancelled);

        var entries = await Store.ReadInboxAsync("a", Cancelled);

        Assert.Equal(["one", "two", "three"], entries.Select(entry => Encoding.UTF8.GetString(entry.Body.Span)));
        Assert.All(entries, entry => Assert.Equal(("a", "default", InboxKind.Webhook, At), (entry.RoomId, entry.Account, entry.Kind, entry.ReceivedAt)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_TakingUpTheInbox_DeletesThatAndKeepsWhatCameLater()
    {
        await Store.DeliverAsync(Webhook("a", "one"), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        var taken = (await Store.ReadInboxAsync("a", Cancelled)).Select(entry => entry.Id).ToList();
        await Store.DeliverAsync(Webhook("a", "two"), Cancelled);

        await Store.AppendAsync(
            Append(held, 0, Event()) with { Status = ObservationStatus.Ended, TakenUp = taken, Closure = AppendClosure.Final }, Cancelled);

        var left = Assert.Single(await Store.ReadInboxAsync("a", Cancelled));
        var room = await FindAsync("a");
        Assert.True(room.IsFollowed);
        Assert.Equal("me", room.Owner);

        await Store.AppendAsync(
            Append(held, 1, Event()) with { Status = ObservationStatus.Ended, TakenUp = [left.Id], Closure = AppendClosure.Final }, Cancelled);
        Assert.Empty(await Store.ReadInboxAsync("a", Cancelled));
        Assert.Null((await FindAsync("a")).Owner);
        Assert.False((await FindAsync("a")).IsFollowed);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_TakingUpTheInboxWhileAnEarlierEntryComesBack_KeepsTheRoomForThat()
    {
        await Store.DeliverAsync(Webhook("a", "one"), Cancelled);
        await Store.DeliverAsync(Webhook("a", "two"), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        await Store.SetInboxAsideAsync([(await Store.ReadInboxAsync("a", Cancelled))[0].Id], Cancelled);
        var taken = (await Store.ReadInboxAsync("a", Cancelled)).Select(entry => entry.Id).ToList();
        await Store.RetrySetAsideAsync(Cancelled);

        await Store.AppendAsync(
            Append(held, 0, Event()) with { Status = ObservationStatus.Ended, TakenUp = taken, Closure = AppendClosure.Final }, Cancelled);

        Assert.Equal("one"u8.ToArray(), Assert.Single(await Store.ReadInboxAsync("a", Cancelled)).Body.ToArray());
        var room = await FindAsync("a");
        Assert.True(room.IsFollowed);
        Assert.Equal("me", room.Owner);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_FencedWhileTakingUpTheInbox_KeepsIt()
    {
        await Store.DeliverAsync(Webhook("a", "one"), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        var entry = Assert.Single(await Store.ReadInboxAsync("a", Cancelled));

        var outcome = await Store.AppendAsync(Append(held with { Epoch = 77 }, 0, Event()) with { TakenUp = [entry.Id] }, Cancelled);

        Assert.Equal(AppendOutcome.Fenced, outcome);
        Assert.Single(await Store.ReadInboxAsync("a", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Reopen_WithAnInbox_IsClaimedAgain()
    {
        await Store.DeliverAsync(Webhook("a", "one"), Cancelled);
        await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled);

        await ReopenAsync();

        Assert.Equal("a", Assert.Single(await Store.ClaimRoomsAsync("next", Lease, 1, Cancelled)).RoomId);
        Assert.Single(await Store.ReadInboxAsync("a", Cancelled));
    }

    private static InboxEntry Webhook(string room, string body) =>
        new(0, room, "default", InboxKind.Webhook, Encoding.UTF8.GetBytes(body), At);
}
