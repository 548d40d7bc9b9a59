using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Claim_FreeRoom_GrantsALeaseAndRaisesTheEpoch()
    {
        var room = await HoldAsync("a");

        Assert.Equal(("me", 1), (room.Owner, room.Epoch));
        Assert.NotNull(room.LeaseUntil);
        Assert.Equivalent(room with { State = default }, await FindAsync("a") with { State = default }, strict: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_HeldRoom_IsNotGranted()
    {
        await HoldAsync("a");

        Assert.Empty(await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled));
        Assert.Empty(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_ManyAtOnce_GrantsEachRoomOnce()
    {
        for (var index = 0; index < 50; index++)
            await Store.RegisterRoomAsync(Registration($"room-{index:D2}"), Cancelled);

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(owner => Store.ClaimRoomsAsync($"owner-{owner}", Lease, 5, Cancelled)));

        Assert.All(claims, claim => Assert.InRange(claim.Count, 0, 5));
        var granted = claims.SelectMany(claim => claim).Select(room => room.RoomId).ToList();
        Assert.Equal(50, granted.Count);
        Assert.Equal(50, granted.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_LimitedNumber_TakesThoseThatWaitLongest()
    {
        await Store.RegisterRoomAsync(Registration("late") with { At = At.AddSeconds(2) }, Cancelled);
        await Store.RegisterRoomAsync(Registration("early") with { At = At }, Cancelled);
        await Store.RegisterRoomAsync(Registration("middle") with { At = At.AddSeconds(1) }, Cancelled);

        Assert.Equal(["early", "middle"], (await Store.ClaimRoomsAsync("me", Lease, 2, Cancelled)).Select(room => room.RoomId));
        Assert.Equal(["late"], (await Store.ClaimRoomsAsync("me", Lease, 2, Cancelled)).Select(room => room.RoomId));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_ExpiredLease_IsGrantedWithAHigherEpoch()
    {
        await HoldAsync("a", lease: TimeSpan.Zero);

        var taken = Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled));

        Assert.Equal(("you", 2), (taken.Owner, taken.Epoch));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_UnwantedButActive_IsGranted()
    {
        await Store.RegisterRoomAsync(Registration("a"), Cancelled);
        await Store.UnregisterRoomAsync("a", "command", Cancelled);

        var room = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));

        Assert.False(room.IsWanted);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(ObservationStatus.Ended)]
    [InlineData(ObservationStatus.Rejected)]
    public async Task Claim_EndedRoom_IsNotGranted(ObservationStatus end)
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0) with { Status = end, Closure = AppendClosure.Final }, Cancelled);

        Assert.Empty(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Release_HeldRoom_CanBeClaimedAtOnce()
    {
        var room = await HoldAsync("a");

        await Store.ReleaseRoomAsync("a", "me", room.Epoch, Cancelled);

        Assert.Null((await FindAsync("a")).Owner);
        Assert.Equal(2, Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled)).Epoch);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("you", 0)]
    [InlineData("me", -1)]
    public async Task Release_LeaseOfAnother_ChangesNothing(string owner, int epochs)
    {
        var room = await HoldAsync("a");

        await Store.ReleaseRoomAsync("a", owner, room.Epoch + epochs, Cancelled);

        Assert.Equal("me", (await FindAsync("a")).Owner);
    }

    [Fact(Timeout = 60_000)]
    public async Task ReleaseRooms_OfAnOwner_CanBeClaimedAtOnceAndThoseOfOthersStay()
    {
        var first = await HoldAsync("a");
        await HoldAsync("b");
        await HoldAsync("c", owner: "you");

        Assert.Equal(2, await Store.ReleaseRoomsAsync("me", Cancelled));

        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(first, 0, Event()), Cancelled));
        Assert.Equal(["a", "b"], (await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled)).Select(room => room.RoomId));
        Assert.Equal(0, await Store.ReleaseRoomsAsync("me", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Renew_HeldRooms_ExtendsAndTellsThem()
    {
        var first = await HoldAsync("a", lease: TimeSpan.FromMinutes(1));
        await HoldAsync("b", owner: "you");
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);

        var held = await Store.RenewLeasesAsync("me", TimeSpan.FromMinutes(30), Cancelled);

        Assert.Equal([new HeldRoom("a", "default", first.Epoch, IsWanted: true, At.AddHours(1), (await FindAsync("a")).Intent)], held);
        Assert.InRange((await FindAsync("a")).LeaseUntil!.Value - first.LeaseUntil!.Value, TimeSpan.FromMinutes(29), TimeSpan.FromMinutes(30));
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_WithoutEnd_HoldsUntilTheRoomIsReleased()
    {
        var room = await HoldAsync("a", lease: Timeout.InfiniteTimeSpan);
        Assert.Null(room.LeaseUntil);
        Assert.Empty(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled));
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(room, 0, Event()), Cancelled));

        var held = await Store.RenewLeasesAsync("me", Timeout.InfiniteTimeSpan, Cancelled);
        await Store.ReleaseRoomAsync("a", "me", room.Epoch, Cancelled);

        Assert.Equal([new HeldRoom("a", "default", room.Epoch, IsWanted: true, WaitUntil: null, room.Intent)], held);
        Assert.Empty(await Store.RenewLeasesAsync("me", Timeout.InfiniteTimeSpan, Cancelled));
        Assert.Equal(2, Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled)).Epoch);
    }

    [Fact(Timeout = 60_000)]
    public async Task Claim_FewerFreeThanAskedFor_TakesExpiredOnesTooUpToTheLimit()
    {
        await HoldAsync("expired", owner: "gone", lease: TimeSpan.Zero);
        await HoldAsync("held");
        await Store.RegisterRoomAsync(Registration("free"), Cancelled);
        await HoldAsync("expired later", owner: "gone", lease: TimeSpan.Zero);
        await Store.RegisterRoomAsync(Registration("free too"), Cancelled);

        var claimed = await Store.ClaimRoomsAsync("you", Lease, 3, Cancelled);

        Assert.Equal(3, claimed.Count);
        Assert.Equal(["expired", "expired later", "free", "free too"], claimed.Concat(await Store.ClaimRoomsAsync("you", Lease, 3, Cancelled)).Select(room => room.RoomId).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Renew_RoomNoLongerWanted_SaysSo()
    {
        await HoldAsync("a");
        await Store.UnregisterRoomAsync("a", "command", Cancelled);

        Assert.False(Assert.Single(await Store.RenewLeasesAsync("me", Lease, Cancelled)).IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Renew_ExpiredButNotTaken_HoldsAgainInTheSameEpoch()
    {
        var room = await HoldAsync("a", lease: TimeSpan.Zero);

        var held = Assert.Single(await Store.RenewLeasesAsync("me", Lease, Cancelled));

        Assert.Equal(room.Epoch, held.Epoch);
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(room, 0), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Renew_TakenByAnother_IsNotTold()
    {
        await HoldAsync("a", lease: TimeSpan.Zero);
        await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled);

        Assert.Empty(await Store.RenewLeasesAsync("me", Lease, Cancelled));
    }
}
