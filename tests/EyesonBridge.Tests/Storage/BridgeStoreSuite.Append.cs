using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task Append_ByTheHolder_WritesStateSequenceAndEvents()
    {
        var room = await HoldAsync("a");
        OutboxEvent[] events = [Event("""{"one":1}""", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), Event("")];

        var outcome = await Store.AppendAsync(
            Append(room, 0, events) with { State = "{\"s\":1}"u8.ToArray(), MeetingId = "a@1", HeardAt = At.AddSeconds(9), Reason = "why" },
            Cancelled);

        Assert.Equal(AppendOutcome.Committed, outcome);
        var after = await FindAsync("a");
        Assert.Equal((ObservationStatus.Observing, At.AddMinutes(1), "why"), (after.Status, after.StatusSince, after.Reason));
        Assert.Equal((2, "a@1", At.AddSeconds(9)), (after.Sequence, after.MeetingId, after.HeardAt));
        Assert.Equal("{\"s\":1}"u8.ToArray(), after.State.ToArray());
        Assert.Equal("me", after.Owner);

        var entries = await ReadOutboxAsync();
        Assert.Equal([1L, 2L], entries.Select(entry => entry.Sequence));
        Assert.Equal(events.Select(one => one.EventId), entries.Select(entry => entry.EventId));
        Assert.Equal(events.Select(one => one.TraceParent), entries.Select(entry => entry.TraceParent));
        Assert.Equal(["""{"one":1}""", ""], entries.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.All(entries, entry => Assert.Equal(("a", "ParticipantJoined"), (entry.RoomId, entry.Type)));
        Assert.All(entries, entry => Assert.True(entry.CreatedAt > At));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_WithoutStateAndHeardAt_LeavesThem()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0) with { State = "{}"u8.ToArray(), HeardAt = At }, Cancelled);

        await Store.AppendAsync(Append(room, 0) with { Status = ObservationStatus.Interrupted, At = At.AddMinutes(2) }, Cancelled);

        var after = await FindAsync("a");
        Assert.Equal((At, "{}"), (after.HeardAt, Encoding.UTF8.GetString(after.State.Span)));
        Assert.Equal((ObservationStatus.Interrupted, At.AddMinutes(2)), (after.Status, after.StatusSince));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_SameStatus_KeepsItsTime()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, Event()), Cancelled);

        await Store.AppendAsync(Append(room, 1, Event()) with { At = At.AddHours(1) }, Cancelled);

        Assert.Equal(At.AddMinutes(1), (await FindAsync("a")).StatusSince);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("you", 0, 0)]
    [InlineData("me", -1, 0)]
    [InlineData("me", 1, 0)]
    [InlineData("me", 0, -1)]
    [InlineData("me", 0, 1)]
    public async Task Append_AnotherOwnerEpochOrSequence_IsFencedAndWritesNothing(string owner, int epochs, int sequences)
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, Event()), Cancelled);
        var before = await FindAsync("a");

        var outcome = await Store.AppendAsync(
            Append(room, 1 + sequences, Event()) with
            {
                Owner = owner,
                Epoch = room.Epoch + epochs,
                Status = ObservationStatus.Ended,
                Closure = AppendClosure.Final,
            },
            Cancelled);

        Assert.Equal(AppendOutcome.Fenced, outcome);
        Assert.Equivalent(before with { State = default }, await FindAsync("a") with { State = default }, strict: true);
        Assert.Single(await ReadOutboxAsync());
        Assert.Equal(1, Store.Depth.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_LeaseExpired_IsFenced()
    {
        var room = await HoldAsync("a", lease: TimeSpan.Zero);

        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(room, 0, Event()), Cancelled));
        Assert.Empty(await ReadOutboxAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_ByAFormerOwner_IsFencedAndTheNewOwnerGoesOn()
    {
        var former = await HoldAsync("a", lease: TimeSpan.Zero);
        var current = Assert.Single(await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled));

        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(former, 0, Event()), Cancelled));
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(current, 0, Event()), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_UnknownRoom_IsFenced()
    {
        var room = await HoldAsync("a");

        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(room, 0, Event()) with { RoomId = "b" }, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_BehindAFencedOne_IsFencedToo()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, Event()), Cancelled);

        var outcomes = await Task.WhenAll(
            Store.AppendAsync(Append(room, 1, Event()), Cancelled),
            Store.AppendAsync(Append(room, 7, Event()), Cancelled),
            Store.AppendAsync(Append(room, 8, Event()), Cancelled));

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Fenced, AppendOutcome.Fenced], outcomes);
        Assert.Equal(2, (await FindAsync("a")).Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_ManyRoomsAtOnce_KeepsTheOrderOfEachRoom()
    {
        var rooms = await HoldManyAsync(20);

        // Nobody waits for the append before: the order of the calls alone must do.
        var outcomes = await Task.WhenAll(rooms.Select(room => Task.Run(() =>
            Task.WhenAll(Enumerable.Range(0, 50).Select(step => Store.AppendAsync(Append(room, step * 2, Event($"{step}a"), Event($"{step}b")), Cancelled))))));

        Assert.All(outcomes.SelectMany(one => one), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        var entries = await ReadOutboxAsync();
        Assert.Equal(2_000, entries.Count);
        foreach (var room in entries.GroupBy(entry => entry.RoomId, StringComparer.Ordinal))
        {
            Assert.Equal(Enumerable.Range(1, 100).Select(sequence => (long)sequence), room.Select(entry => entry.Sequence));
            Assert.Equal(
                Enumerable.Range(0, 50).SelectMany(step => (string[])[$"{step}a", $"{step}b"]),
                room.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        }
    }

    [Theory(Timeout = 60_000)]
    [InlineData(nameof(AppendClosure.Final))]
    [InlineData(nameof(AppendClosure.FinalIfUnwanted))]
    public async Task Append_Final_GivesTheLeaseBackAndNothingWantsTheRoom(string name)
    {
        var closure = Enum.Parse<AppendClosure>(name);
        var room = await HoldAsync("a");
        await Store.RegisterRoomAsync(Registration("a", waitUntil: At.AddHours(1)), Cancelled);
        if (closure == AppendClosure.FinalIfUnwanted)
            await Store.UnregisterRoomAsync("a", "command", Cancelled);

        var outcome = await Store.AppendAsync(
            Append(room, 0, Event()) with { Status = ObservationStatus.Ended, Closure = closure },
            Cancelled);

        Assert.Equal(AppendOutcome.Committed, outcome);
        var after = await FindAsync("a");
        Assert.Equal((ObservationStatus.Ended, 1), (after.Status, after.Sequence));
        Assert.Null(after.Owner);
        Assert.Null(after.LeaseUntil);
        Assert.Null(after.WaitUntil);
        Assert.False(after.IsWanted);
        Assert.Single(await ReadOutboxAsync());
        Assert.Equal(AppendOutcome.Fenced, await Store.AppendAsync(Append(room, 1, Event()), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_FinalIfUnwantedButWanted_WritesNothingAndTheHolderGoesOn()
    {
        var room = await HoldAsync("a");

        var outcome = await Store.AppendAsync(
            Append(room, 0, Event()) with { Status = ObservationStatus.Ended, Closure = AppendClosure.FinalIfUnwanted },
            Cancelled);

        Assert.Equal(AppendOutcome.WantedAgain, outcome);
        Assert.Equal(ObservationStatus.Waiting, (await FindAsync("a")).Status);
        Assert.Empty(await ReadOutboxAsync());
        Assert.Equal(AppendOutcome.Committed, await Store.AppendAsync(Append(room, 0, Event()), Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_FinalIfUnwantedByAFormerOwnerOfAWantedRoom_IsFenced()
    {
        var former = await HoldAsync("a", lease: TimeSpan.Zero);
        await Store.ClaimRoomsAsync("you", Lease, 1, Cancelled);

        var outcome = await Store.AppendAsync(
            Append(former, 0) with { Status = ObservationStatus.Ended, Closure = AppendClosure.FinalIfUnwanted },
            Cancelled);

        Assert.Equal(AppendOutcome.Fenced, outcome);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_CancelledBefore_WritesNothing()
    {
        var room = await HoldAsync("a");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync(Append(room, 0, Event()), cancelled.Token));

        Assert.Equal(0, (await FindAsync("a")).Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task Reopen_AfterAppending_HasStateSequenceAndEvents()
    {
        var room = await HoldAsync("a");
        await Store.AppendAsync(Append(room, 0, Event("x"), Event("yz")) with { State = "{}"u8.ToArray() }, Cancelled);

        await ReopenAsync();

        var after = await FindAsync("a");
        Assert.Equal((2, "{}"), (after.Sequence, Encoding.UTF8.GetString(after.State.Span)));
        Assert.Equal(["x", "yz"], (await ReadOutboxAsync()).Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Equal(new OutboxDepth(2, 3), Store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task Probe_HealthyStore_Succeeds()
    {
        await Store.ProbeAsync(Cancelled);
        await Store.ProbeAsync(Cancelled);

        Assert.Equal(StoreHealth.Healthy, Store.Health);
    }

    private protected async Task<IReadOnlyList<RoomRow>> HoldManyAsync(int count)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(index => Store.RegisterRoomAsync(Registration($"room-{index:D4}"), Cancelled)));
        return await Store.ClaimRoomsAsync("me", Lease, count, Cancelled);
    }
}
