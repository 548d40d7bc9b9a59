using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Unregister_ByCommand_TakesBackWhatRegisteredItself()
    {
        await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled);
        await Store.RegisterRoomAsync(Found("a", "m1", IntentSources.Webhook), Cancelled);

        Assert.True(await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled));

        Assert.False((await FindAsync("a")).IsWanted);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(IntentSources.Discovery)]
    [InlineData(IntentSources.Webhook)]
    public async Task Register_OfItsOwnAccordAfterAStop_IsSuppressedForThatMeeting(string source)
    {
        await HeardAsync("a", "m1");
        await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m1", source), Cancelled)).Outcome);
        Assert.False((await FindAsync("a")).IsWanted);

        Assert.NotEqual(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m2", source), Cancelled)).Outcome);
        Assert.True((await FindAsync("a")).IsWanted);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_StoppedBeforeItWasHeard_SuppressesWhicheverMeetingRuns()
    {
        await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled);
        await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled)).Outcome);
        Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled)).Outcome);
        Assert.NotEqual(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m2"), Cancelled)).Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_StopRepeatedAfterTheEnd_LeavesTheNextMeetingAlone()
    {
        var held = await HeardAsync("a", "m1");
        await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);
        await EndAsync(held, "m1", "stopped");

        Assert.False(await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled));

        Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled)).Outcome);
        Assert.Equal(RegistrationOutcome.Registered, (await Store.RegisterRoomAsync(Found("a", "m2"), Cancelled)).Outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_ByCommandAfterAStop_LiftsIt()
    {
        await HeardAsync("a", "m1");
        await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        await Store.RegisterRoomAsync(Registration("a"), Cancelled);

        Assert.Equal(RegistrationOutcome.AlreadyRegistered, (await Store.RegisterRoomAsync(Found("a", "m1"), Cancelled)).Outcome);
        Assert.Equal(["command", "discovery"], (await FindAsync("a")).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_OfItsOwnAccordAfterTheMeetingEnded_DoesNotBeginItAgain()
    {
        await EndAsync(await HeardAsync("a", "m1"), "m1", "meetingEnded");

        Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found("a", "m1", IntentSources.Webhook), Cancelled)).Outcome);
        Assert.Equal(ObservationStatus.Ended, (await FindAsync("a")).Status);
        Assert.Equal(RegistrationOutcome.Registered, (await Store.RegisterRoomAsync(Found("a", "m2", IntentSources.Webhook), Cancelled)).Outcome);
    }

    private static RoomRegistration Found(string room, string meeting, string source = IntentSources.Discovery) =>
        new(room, "default", source, WaitUntil: null, At, $"{room}@{meeting}");

    /// <summary>A room that discovery registered and that is observed.</summary>
    private async Task<RoomRow> HeardAsync(string room, string meeting)
    {
        await Store.RegisterRoomAsync(Found(room, meeting), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        await Store.AppendAsync(Append(held, 0) with { HeardAt = At, MeetingId = $"{room}@{meeting}" }, Cancelled);
        return held;
    }

    private Task EndAsync(RoomRow held, string meeting, string reason) => Store.AppendAsync(
        Append(held, 0) with
        {
            Status = ObservationStatus.Ended,
            Reason = reason,
            MeetingId = $"{held.RoomId}@{meeting}",
            Closure = AppendClosure.Final,
        },
        Cancelled);
}
