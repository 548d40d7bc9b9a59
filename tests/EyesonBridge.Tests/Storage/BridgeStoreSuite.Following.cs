using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Append_WithPositions_KeepsThemUntilOthersCome()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0) with { Positions = """{"s":1}""", HeardAt = At }, Cancelled);
        await Store.AppendAsync(Append(room, 0), Cancelled);
        await ReopenAsync();

        Assert.Equal("""{"s":1}""", (await FindAsync("a")).Positions);
        Assert.Equal("""{"s":1}""", Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled)).Positions);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_WithoutState_KeepsTheStateThatIsStored()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0) with { State = new byte[] { 1, 2 } }, Cancelled);
        await Store.AppendAsync(Append(room, 0) with { Status = ObservationStatus.Interrupted }, Cancelled);
        await ReopenAsync();

        Assert.Equal([1, 2], (await FindAsync("a")).State.ToArray());
        Assert.Equal([1, 2], Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled)).State.ToArray());
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Append_EndOfAFollowedRoom_KeepsTheLeaseUntilNothingIsLeft(bool ifUnwanted)
    {
        var closure = ifUnwanted ? AppendClosure.FinalIfUnwanted : AppendClosure.Final;
        var room = await HoldAsync("a");
        await Store.UnregisterRoomAsync("a", "command", Cancelled);

        await Store.AppendAsync(Append(room, 0) with { Status = ObservationStatus.Ended, Closure = closure, IsFollowed = true }, Cancelled);
        var followed = await FindAsync("a");
        Assert.Equal(("me", true, false), (followed.Owner, followed.IsFollowed, followed.IsActive));
        Assert.Equal("a", Assert.Single(await Store.RenewLeasesAsync("me", Lease, Cancelled)).RoomId);
        Assert.Empty(await Store.ListUnwantedRoomsAsync("me", Cancelled));

        await Store.AppendAsync(Append(room, 0, Event()) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        var done = await FindAsync("a");
        Assert.Equal((null, false, 1), (done.Owner, done.IsFollowed, done.Sequence));
        Assert.Empty(await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_FollowedRoomNobodyHolds_IsGranted()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(
            Append(room, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final, IsFollowed = true }, Cancelled);
        await Store.ReleaseRoomAsync("a", "me", room.Epoch, Cancelled);

        var taken = Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled));

        Assert.Equal((ObservationStatus.Ended, true, room.Epoch + 1), (taken.Status, taken.IsFollowed, taken.Epoch));
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_FollowedRoom_FencesWhoFollowsItAndKeepsWhatIsLeft()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(
            Append(room, 0, Event()) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final, IsFollowed = true, State = new byte[] { 7 } },
            Cancelled);

        await Store.RegisterRoomAsync(Registration("a"), Cancelled);
        var late = await Store.AppendAsync(
            Append(room, 1, Event()) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);

        Assert.Equal(AppendOutcome.Fenced, late);
        var taken = Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled));
        Assert.Equal((ObservationStatus.Waiting, true, true, 1), (taken.Status, taken.IsFollowed, taken.IsWanted, taken.Sequence));
        Assert.Equal([7], taken.State.ToArray());
        Assert.Single(await ReadOutboxAsync());
    }
}
