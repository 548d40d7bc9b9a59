using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    private const string FirstMeeting = "a@2026-03-01T10:00:00.000Z";
    private const string SameMeeting = "a@2026-03-01T10:00:01.000Z"; // Eyeson corrected its start
    private const string NextMeeting = "a@2026-03-01T11:00:00.000Z";

    [Fact(Timeout = 60_000)]
    public async Task Register_SourcesWithDifferentTimes_WaitsForTheLongest()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);

        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Webhook, waitUntil: At.AddMinutes(1)), Cancelled);
        Assert.Equal(At.AddHours(2), (await FindAsync("a")).WaitUntil);

        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Permalink("p"), waitUntil: At.AddHours(3)), Cancelled);
        Assert.Equal(At.AddHours(3), (await FindAsync("a")).WaitUntil);
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_SourceThatAsksAgain_CountsWithItsLatestTime()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Webhook, waitUntil: At.AddMinutes(1)), Cancelled);

        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);
        Assert.Equal(At.AddHours(1), (await FindAsync("a")).WaitUntil);

        await Store.RegisterRoomAsync(Registration("a"), Cancelled);
        Assert.Equal(At.AddHours(1), (await FindAsync("a")).WaitUntil);
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_SourceThatWaitsLongest_LeavesTheTimeOfTheOthers()
    {
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Permalink("p"), waitUntil: At.AddMinutes(5)), Cancelled);

        await Store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);

        Assert.Equal(At.AddMinutes(5), (await FindAsync("a")).WaitUntil);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndWithAWishThatIsNewer_BeginsAnewWithThatOne()
    {
        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Webhook, waitUntil: At.AddHours(9)), Cancelled);
        var held = await HoldAsync("a");
        await Store.AppendAsync(Append(held, 0, Event()) with { HeardAt = At, MeetingId = FirstMeeting }, Cancelled);
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        await Store.Signals.Intent.WaitAsync(Cancelled);

        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(End(held, 1) with { State = new byte[] { 7 } }, Cancelled));

        var room = await FindAsync("a");
        Assert.Equal((ObservationStatus.Waiting, null, null), (room.Status, room.Reason, room.HeardAt));
        Assert.Equal((2, FirstMeeting, At.AddHours(2)), (room.Sequence, room.MeetingId, room.WaitUntil));
        Assert.Equal([IntentSources.Command], room.WantedBy);
        Assert.Equal([7], room.State.ToArray());
        Assert.Equal(2, (await ReadOutboxAsync()).Count);
        await Store.Signals.Intent.WaitAsync(Cancelled); // for somebody to claim it
        var taken = Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 10, Cancelled));
        Assert.True(taken.Epoch > held.Epoch);
        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(held, 2), Cancelled));
        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(End(held, 2), Cancelled));
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(taken, 2), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndOfWhatAnotherHoldsSinceItBeganAnew_ChangesNothing()
    {
        var held = await HoldAsync("a");
        await Store.AppendAsync(End(held, 0), Cancelled);
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled);
        var before = await FindAsync("a");

        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(End(held, 1), Cancelled));
        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(End(held, 1) with { KnownIntent = long.MaxValue }, Cancelled));
        Assert.Equal(
            AppendOutcome.Fenced,
            await Store.AppendAsync(End(held, 1) with { Closure = AppendClosure.FinalIfNothingNew }, Cancelled));

        Assert.Equivalent(before with { State = default }, await FindAsync("a") with { State = default }, strict: true);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndWithAWishForALaterMeeting_BeginsAnewThoughItWasKnown()
    {
        var held = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Discovery) with { MeetingId = NextMeeting }, Cancelled);

        await Store.AppendAsync(End(held, 0) with { KnownIntent = long.MaxValue }, Cancelled);

        var room = await FindAsync("a");
        Assert.Equal(ObservationStatus.Waiting, room.Status);
        Assert.Equal([IntentSources.Discovery], room.WantedBy);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    public async Task Append_EndThatWasNotHeard_KeepsWhatWasWantedSinceTheLastSign(int seconds, bool isKept)
    {
        var held = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)) with { At = At.AddSeconds(seconds) }, Cancelled);

        await Store.AppendAsync(End(held, 0) with { KnownIntent = long.MaxValue, GapFrom = At }, Cancelled);

        Assert.Equal(isKept, (await FindAsync("a")).IsWanted);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(FirstMeeting)]
    [InlineData(SameMeeting)]
    public async Task Append_EndWithANewerWishForTheMeetingThatIsOver_IsTheEnd(string meeting)
    {
        var held = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Discovery) with { MeetingId = meeting }, Cancelled);

        await Store.AppendAsync(End(held, 0), Cancelled);

        var room = await FindAsync("a");
        Assert.Equal((ObservationStatus.Ended, false, null), (room.Status, room.IsWanted, room.Owner));
    }

    [Fact(Timeout = 60_000)]
    public async Task Register_OfItsOwnAccordAfterItBeganAnew_DoesNotWantTheMeetingThatIsOver()
    {
        var held = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        await Store.AppendAsync(End(held, 0), Cancelled);

        var late = await Store.RegisterRoomAsync(Registration("a", source: IntentSources.Webhook) with { MeetingId = FirstMeeting }, Cancelled);

        Assert.Equal(RegistrationOutcome.Suppressed, late.Outcome);
        Assert.Equal([IntentSources.Command], (await FindAsync("a")).WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_FinalIfNothingNewWithANewerWish_WritesNothingAndTheHolderGoesOn()
    {
        var held = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(2)), Cancelled);
        var end = End(held, 0) with { Status = ObservationStatus.Rejected, Closure = AppendClosure.FinalIfNothingNew };

        Assert.Equal(AppendOutcome.WantedAgain, await Store.AppendAsync(end, Cancelled));
        var room = await FindAsync("a");
        Assert.Equal((ObservationStatus.Waiting, At.AddHours(2), "me"), (room.Status, room.WaitUntil, room.Owner));
        Assert.Empty(await ReadOutboxAsync());

        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(end with { KnownIntent = room.Intent }, Cancelled));
        Assert.Equal((ObservationStatus.Rejected, false), ((await FindAsync("a")).Status, (await FindAsync("a")).IsWanted));
    }

    [Fact(Timeout = 60_000)]
    public async Task ListChangedIntent_SomeRooms_TellsThoseOfTheOwnerThatChangedSince()
    {
        var first = await HoldAsync("a");
        var second = await HoldAsync("b");
        await HoldAsync("c", owner: "you");
        Assert.True(second.Intent > first.Intent);

        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);
        await Store.RegisterRoomAsync(Registration("c", waitUntil: At.AddHours(1)), Cancelled);
        await Store.UnregisterRoomAsync("b", IntentSources.Command, Cancelled);

        var changed = await Store.ListChangedIntentAsync("me", second.Intent, Cancelled);
        Assert.Equal(
            [("a", true, At.AddHours(1)), ("b", false, null)],
            changed.OrderBy(room => room.RoomId, StringComparer.Ordinal).Select(room => (room.RoomId, room.IsWanted, room.WaitUntil)));
        Assert.Empty(await Store.ListChangedIntentAsync("me", changed.Max(room => room.Intent), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndWithAPermalinkThatWaitsForALaterMeeting_KeepsIt()
    {
        await Store.RegisterPermalinkAsync(Permalink("token"), Cancelled);
        await Store.RegisterRoomAsync(Registration("room"), Cancelled);
        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 1, Cancelled));
        await StartAsync(Permalink("token"));

        await Store.AppendAsync(End(held, 0), Cancelled);

        Assert.Equal(PermalinkStatus.Started, (await Store.FindPermalinkAsync("token", Cancelled))!.Status);
        Assert.Equal(["permalink:p1"], (await FindAsync("room")).WantedBy);
    }

    /// <summary>The end of a meeting, by an observer that knows what was wanted when it claimed the room.</summary>
    private static RoomAppend End(RoomRow held, long fromSequence) => Append(held, fromSequence, Event()) with
    {
        Status = ObservationStatus.Ended,
        Reason = "meetingEnded",
        MeetingId = FirstMeeting,
        Closure = AppendClosure.Final,
        KnownIntent = held.Intent,
    };
}
