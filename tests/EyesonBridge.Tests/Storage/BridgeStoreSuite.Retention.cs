using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    private static readonly DateTimeOffset LongAfter = new(2026, 4, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = 60_000)]
    public async Task Retire_RoomThatIsOver_IsGoneAndItsSequenceGoesOn()
    {
        var room = await EndedAsync("a", events: 3);
        var epoch = (await FindAsync("a")).Epoch;

        Assert.Equal(1, await RetireAllAsync());

        Assert.Null(await Store.FindRoomAsync("a", Cancelled));
        Assert.Empty(await Store.ListRoomsAsync(Cancelled));
        Assert.Equal(0, await Store.CountRoomsAsync(Cancelled));
        var again = await HoldAsync("a");
        Assert.Equal(3, again.Sequence);
        Assert.True(again.Epoch > epoch);
        Assert.Equal((0, null, null, null), (again.State.Length, again.MeetingId, again.HeardAt, again.Positions));
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(again, 3, Event()), Cancelled));
        Assert.Equal(4, Assert.Single(await ReadOutboxAsync()).Sequence);
        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(room, 3, Event()), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Retire_AgainAndAgain_TheSequenceGoesOnEachTime()
    {
        for (var round = 0; round < 3; round++)
        {
            await EndedAsync("a", events: 2);
            Assert.Equal(1, await RetireAllAsync());
        }

        Assert.Equal(6, (await HoldAsync("a")).Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task Retire_RoomThatLearnsSomethingLater_NumbersOnToo()
    {
        await EndedAsync("a", events: 3);
        await RetireAllAsync();

        await Store.DeliverAsync(new InboxEntry(0, "a", "default", InboxKind.Webhook, "{}"u8.ToArray(), LongAfter), Cancelled);

        var held = Assert.Single(await Store.ClaimRoomsAsync("me", Lease, 10, Cancelled));
        Assert.Equal((3, ObservationStatus.Ended, true), (held.Sequence, held.Status, held.IsFollowed));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(IntentSources.Discovery)]
    [InlineData(IntentSources.Webhook)]
    public async Task Retire_MeetingThatWasStoppedOrIsOver_DoesNotBeginAgain(string source)
    {
        await HeardAsync("stopped", "m1");
        await Store.UnregisterRoomAsync("stopped", IntentSources.Command, Cancelled);
        await EndAsync(await FindAsync("stopped"), "m1", "stopped");
        await EndAsync(await HeardAsync("over", "m1"), "m1", "meetingEnded");
        Assert.Equal(2, await RetireAllAsync());

        foreach (var room in (string[])["stopped", "over"])
        {
            Assert.Equal(RegistrationOutcome.Suppressed, (await Store.RegisterRoomAsync(Found(room, "m1", source), Cancelled)).Outcome);
            Assert.Equal(RegistrationOutcome.Registered, (await Store.RegisterRoomAsync(Found(room, "m2", source), Cancelled)).Outcome);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task Retire_RoomsWithSomethingLeft_StayUntilThatIsDone()
    {
        var recent = await EndedAsync("recent", at: LongAfter.AddMinutes(1));
        await EndedAsync("followed", isFollowed: true);
        await EndedAsync("unpublished", keepsEvents: true);
        await EndedAsync("told");
        await Store.DeliverAsync(new InboxEntry(0, "told", "default", InboxKind.Webhook, "{}"u8.ToArray(), At), Cancelled);
        await HoldAsync("active");

        Assert.Equal(0, await RetireAllAsync());
        Assert.Equal(5, await Store.CountRoomsAsync(Cancelled));

        var entry = Assert.Single(await ReadOutboxAsync());
        await Store.DeleteOutboxAsync([new OutboxRange(entry.Id, entry.Id, entry.Payload.Length)], Cancelled);
        Assert.Equal(1, await RetireAllAsync());
        Assert.Null(await Store.FindRoomAsync("unpublished", Cancelled));
        Assert.Equal(recent.Sequence + 1, (await FindAsync("recent")).Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task Retire_RoomThatChangedSinceItWasListed_Stays()
    {
        foreach (var room in (string[])["registered", "published", "told"])
            await EndedAsync(room);
        var listed = (await Store.ListEndedRoomsAsync(LongAfter, after: null, 10, Cancelled)).Rooms;
        Assert.Equal(3, listed.Count);

        await Store.RegisterRoomAsync(Registration("registered"), Cancelled);
        await Store.DeliverAsync(new InboxEntry(0, "told", "default", InboxKind.Webhook, "{}"u8.ToArray(), At), Cancelled);
        await EndedAsync("published", keepsEvents: true);

        Assert.Equal(0, await Store.RetireRoomsAsync(listed, LongAfter, Cancelled));
        Assert.Equal(3, await Store.CountRoomsAsync(Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task ListEnded_ManyRooms_PageByPageTellsThemOnceTheLongestOverFirst()
    {
        foreach (var (room, minute) in ((string, int)[])[("c", 1), ("a", 2), ("b", 2), ("d", 3), ("e", 4)])
            await EndedAsync(room, at: At.AddMinutes(minute), keepsEvents: room is "b");

        var found = new List<string>();
        for (EndedRoom? last = null; await Store.ListEndedRoomsAsync(At.AddMinutes(3), last, 2, Cancelled) is { Last: { } next } page; last = next)
            found.AddRange(page.Rooms.Select(room => room.RoomId));

        Assert.Equal(["c", "a", "d"], found);
    }

    private async Task<int> RetireAllAsync() => await Store.RetireRoomsAsync(
        (await Store.ListEndedRoomsAsync(LongAfter, after: null, 100, Cancelled)).Rooms, LongAfter, Cancelled);

    /// <summary>Registers a room, and ends its observation with some events, which are published unless they are to be kept.</summary>
    private async Task<RoomRow> EndedAsync(
        string room, int events = 1, DateTimeOffset? at = null, bool isFollowed = false, bool keepsEvents = false)
    {
        var held = await HoldAsync(room);
        var end = Append(held, held.Sequence, [.. Enumerable.Range(0, events).Select(_ => Event())]) with
        {
            Status = ObservationStatus.Ended,
            At = at ?? At,
            IsFollowed = isFollowed,
            Closure = AppendClosure.Final,
        };
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(end, Cancelled));
        if (!keepsEvents)
        {
            var ranges = (await ReadOutboxAsync())
                .Where(entry => string.Equals(entry.RoomId, room, StringComparison.Ordinal))
                .Select(entry => new OutboxRange(entry.Id, entry.Id, entry.Payload.Length));
            await Store.DeleteOutboxAsync([.. ranges], Cancelled);
        }

        return held;
    }
}
