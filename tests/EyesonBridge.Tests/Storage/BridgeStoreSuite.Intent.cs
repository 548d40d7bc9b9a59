using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Register_NewRoom_IsWaitingAndWanted()
    {
        var result = await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);

        Assert.Equal(RegistrationOutcome.Registered, result.Outcome);
        var room = await FindAsync("a");
        Assert.Equivalent(result.Room with { State = default }, room with { State = default }, strict: true);
        Assert.Equal("default", room.Account);
        Assert.Equal(["command"], room.WantedBy);
        Assert.Equal(ObservationStatus.Waiting, room.Status);
        Assert.Equal(At, room.StatusSince);
        Assert.Equal(At.AddHours(1), room.WaitUntil);
        Assert.Equal(0, room.Sequence);
        Assert.Equal(0, room.Epoch);
        Assert.True(room.State.IsEmpty);
        Assert.Null(room.Reason);
        Assert.Null(room.HeardAt);
        Assert.Null(room.MeetingId);
        Assert.Null(room.Owner);
        Assert.Null(room.LeaseUntil);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WantedRoom_IsAlreadyRegisteredAndKeepsWhatIsKnown()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);

        var again = await Store.RegisterRoomAsync(Registration("a") with { At = At.AddHours(3) }, Cancelled);

        Assert.Equal(RegistrationOutcome.AlreadyRegistered, again.Outcome);
        Assert.Equal(["command"], again.Room.WantedBy);
        Assert.Equal(At.AddHours(1), again.Room.WaitUntil);
        Assert.Equal(At, again.Room.StatusSince);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WantedRoomWithWaitUntil_UpdatesIt()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);

        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);

        Assert.Equal(At.AddHours(2), (await FindAsync("a")).WaitUntil);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_AnotherSource_AddsItSorted()
    {
        await Store.RegisterRoomAsync(Registration("a", source: "permalink \"x\""), Cancelled);

        var second = await Store.RegisterRoomAsync(Registration("a", source: "command"), Cancelled);

        Assert.Equal(RegistrationOutcome.AlreadyRegistered, second.Outcome);
        Assert.Equal(["command", "permalink \"x\""], (await FindAsync("a")).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_WantedUnderAnotherAccount_IsAConflictAndChangesNothing()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At), Cancelled);

        var other = await Store.RegisterRoomAsync(Registration("a", account: "other", source: "discovery", waitUntil: At.AddHours(1)), Cancelled);

        Assert.Equal(RegistrationOutcome.AccountConflict, other.Outcome);
        Assert.Equal("default", other.Room.Account);
        var room = await FindAsync("a");
        Assert.Equal(("default", At), (room.Account, room.WaitUntil));
        Assert.Equal(["command"], room.WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_ActiveButUnwanted_IsRegisteredAgainWithoutBeginningAnew()
    {
        var held = await HoldAsync("a");
        await Store.AppendAsync(Append(held, 0, Event()), Cancelled);
        await Store.UnregisterRoomAsync("a", "command", Cancelled);

        var again = await Store.RegisterRoomAsync(Registration("a"), Cancelled);

        Assert.Equal(RegistrationOutcome.Registered, again.Outcome);
        Assert.Equal(ObservationStatus.Observing, again.Room.Status);
        Assert.Equal(("me", held.Epoch, 1), (again.Room.Owner, again.Room.Epoch, again.Room.Sequence));
        Assert.True(again.Room.IsWanted);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(ObservationStatus.Ended)]
    [InlineData(ObservationStatus.Rejected)]
    public async Task Register_AfterTheEnd_BeginsAnewAndKeepsSequence(ObservationStatus end)
    {
        var held = await HoldAsync("a");
        await Store.AppendAsync(
            Append(held, 0, Event(), Event()) with { Status = end, Reason = "whatever", Closure = AppendClosure.Final, State = "{}"u8.ToArray() },
            Cancelled);

        var again = await Store.RegisterRoomAsync(Registration("a", account: "other") with { At = At.AddHours(5) }, Cancelled);

        Assert.Equal(RegistrationOutcome.Registered, again.Outcome);
        var room = await FindAsync("a");
        Assert.Equal((ObservationStatus.Waiting, At.AddHours(5), "other"), (room.Status, room.StatusSince, room.Account));
        Assert.Null(room.Reason);
        Assert.Null(room.WaitUntil);
        Assert.Equal(2, room.Sequence);
        Assert.Equal(["command"], room.WantedBy);
        Assert.Equal("{}"u8.ToArray(), room.State.ToArray());
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_OneOfTwoSources_LeavesTheOther()
    {
        await Store.RegisterRoomAsync(Registration("a"), Cancelled);
        await Store.RegisterRoomAsync(Registration("a", source: "permalink:p"), Cancelled);

        Assert.True(await Store.UnregisterRoomAsync("a", "command", Cancelled));

        Assert.Equal(["permalink:p"], (await FindAsync("a")).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_WhatWasNotWanted_IsFalse()
    {
        await Store.RegisterRoomAsync(Registration("a"), Cancelled);

        Assert.False(await Store.UnregisterRoomAsync("a", "discovery", Cancelled));
        Assert.False(await Store.UnregisterRoomAsync("b", "command", Cancelled));
        Assert.True(await Store.UnregisterRoomAsync("a", "command", Cancelled));
        Assert.False(await Store.UnregisterRoomAsync("a", "command", Cancelled));
        Assert.False((await FindAsync("a")).IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task IntentSignal_RegisterAndUnregister_IsSetAfterEach()
    {
        await Store.RegisterRoomAsync(Registration("a"), Cancelled);
        await Store.Signals.Intent.WaitAsync(Cancelled);

        await Store.UnregisterRoomAsync("a", "command", Cancelled);
        await Store.Signals.Intent.WaitAsync(Cancelled);
    }

    [Fact(Timeout = 60_000)]
    public async Task ListRooms_SeveralRooms_AreSortedById()
    {
        foreach (var room in (string[])["b", "a", "C"])
            await Store.RegisterRoomAsync(Registration(room), Cancelled);

        Assert.Equal(["C", "a", "b"], (await Store.ListRoomsAsync(Cancelled)).Select(room => room.RoomId));
    }

    [Fact(Timeout = 60_000)]
    public async Task FindRoom_NeverRegistered_IsNull() => Assert.Null(await Store.FindRoomAsync("nobody", Cancelled));

    [Fact(Timeout = 60_000)]
    public async Task Reopen_AfterRegistering_KnowsTheRoom()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddDays(1)), Cancelled);
        var before = await FindAsync("a");

        await ReopenAsync();

        Assert.Equivalent(before with { State = default }, await FindAsync("a") with { State = default }, strict: true);
    }
}
