using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage;

public abstract partial class BridgeStoreSuite
{
    [Fact(Timeout = 60_000)]
    public async Task ReadOutbox_BehindAnId_GoesOnInOrder()
    {
        await FillOutboxAsync(5);
        var all = await ReadOutboxAsync();

        var rest = await Store.ReadOutboxAsync(all[1].Id, 10, long.MaxValue, Cancelled);

        Assert.Equal(all.Skip(2).Select(entry => entry.EventId), rest.Select(entry => entry.EventId));
        Assert.Equal(all.Select(entry => entry.Id).Order(), all.Select(entry => entry.Id));
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadOutbox_LimitedCount_ReadsNoMore()
    {
        await FillOutboxAsync(5);

        Assert.Equal([1L, 2L, 3L], (await Store.ReadOutboxAsync(0, 3, long.MaxValue, Cancelled)).Select(entry => entry.Sequence));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(20, 2)]
    [InlineData(1_000, 5)]
    public async Task ReadOutbox_LimitedBytes_StopsOnceTheyAreRead(long maxBytes, int expected)
    {
        await FillOutboxAsync(5, payload: "0123456789");

        Assert.Equal(expected, (await Store.ReadOutboxAsync(0, 100, maxBytes, Cancelled)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_SomeEntries_LeavesTheOthers()
    {
        await FillOutboxAsync(5, payload: "ab");
        var all = await ReadOutboxAsync();

        await Store.DeleteOutboxAsync(OutboxRanges.Of([all[0], all[3]]), Cancelled);

        Assert.Equal([2L, 3L, 5L], (await ReadOutboxAsync()).Select(entry => entry.Sequence));
        Assert.Equal(new OutboxDepth(3, 6), Store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_EntriesThatAreGone_ChangesNothing()
    {
        await FillOutboxAsync(2, payload: "ab");
        var all = await ReadOutboxAsync();
        await Store.DeleteOutboxAsync(OutboxRanges.Of([all[0]]), Cancelled);

        await Store.DeleteOutboxAsync(OutboxRanges.Of(all[0].Id, 4711), Cancelled);
        await Store.DeleteOutboxAsync([], Cancelled);

        Assert.Equal(new OutboxDepth(1, 2), Store.Depth);
        Assert.Single(await ReadOutboxAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Outbox_AfterDeletingAllAndReopening_GivesHigherIds()
    {
        await FillOutboxAsync(3);
        var before = await ReadOutboxAsync();
        await Store.DeleteOutboxAsync(OutboxRanges.Of(before), Cancelled);
        await ReopenAsync();
        Assert.Equal(default, Store.Depth);

        var room = await HoldAsync("other");
        await Store.AppendAsync(Append(room, 0, Event()), Cancelled);

        Assert.True(Assert.Single(await ReadOutboxAsync()).Id > before[^1].Id);
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_Range_LeavesWhatIsOutsideOfIt()
    {
        await FillOutboxAsync(5, payload: "ab");
        var all = await ReadOutboxAsync();

        await Store.DeleteOutboxAsync([new OutboxRange(all[1].Id, all[3].Id, Bytes: 6)], Cancelled);

        Assert.Equal([1L, 5L], (await ReadOutboxAsync()).Select(entry => entry.Sequence));
        Assert.Equal(new OutboxDepth(2, 4), Store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadOutboxOf_SomeRooms_TellsTheirNextEntriesInOrderAndNoOthers()
    {
        var rooms = await HoldManyAsync(3);
        for (var step = 0; step < 4; step++)
        {
            foreach (var room in rooms)
                await Store.AppendAsync(Append(room, step, Event("0123456789")), Cancelled);
        }

        var all = await ReadOutboxAsync();
        var second = all.First(entry => entry.RoomId == rooms[0].RoomId && entry.Sequence == 2);
        var wanted = From((rooms[0].RoomId, second.Id), (rooms[2].RoomId, 0), ("unknown", 0));

        Assert.Equal([2L, 3L, 4L], await SequencesAsync(rooms[0].RoomId, 100, long.MaxValue));
        Assert.Equal([1L, 2L, 3L, 4L], await SequencesAsync(rooms[2].RoomId, 100, long.MaxValue));
        Assert.Empty(await SequencesAsync(rooms[1].RoomId, 100, long.MaxValue));
        Assert.Equal(2, (await Store.ReadOutboxOfAsync(wanted, 0, 2, long.MaxValue, Cancelled)).Entries.Count);
        Assert.Equal(2, (await Store.ReadOutboxOfAsync(wanted, 0, 100, 11, Cancelled)).Entries.Count);
        Assert.True(await Store.ReadOutboxOfAsync(From((rooms[0].RoomId, all[^1].Id + 1)), 0, 10, long.MaxValue, Cancelled) is { Entries.Count: 0, IsLast: true });
        Assert.True(await Store.ReadOutboxOfAsync(From(), 0, 10, long.MaxValue, Cancelled) is { Entries.Count: 0, IsLast: true });

        async Task<IEnumerable<long>> SequencesAsync(string room, int count, long bytes) =>
            (await Store.ReadOutboxOfAsync(wanted, 0, count, bytes, Cancelled)).Entries.Where(entry => entry.RoomId == room).Select(entry => entry.Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadOutboxOf_PageAfterPage_TellsAllOnceInOrderAndThenThatItWasTheLast()
    {
        var rooms = await HoldManyAsync(3);
        for (var step = 0; step < 10; step++)
        {
            foreach (var room in rooms)
                await Store.AppendAsync(Append(room, step, Event("0123456789")), Cancelled);
        }

        var wanted = From((rooms[0].RoomId, 0), (rooms[2].RoomId, 0));
        var found = new List<OutboxEntry>();
        OutboxPage page = default;
        while (!page.IsLast)
        {
            page = await Store.ReadOutboxOfAsync(wanted, page.ReadTo, 3, long.MaxValue, Cancelled);
            Assert.InRange(page.Entries.Count, 0, 3);
            found.AddRange(page.Entries);
            foreach (var entry in page.Entries)
                wanted[entry.RoomId] = new SpilledRoom(entry.Id + 1, long.MaxValue);
        }

        Assert.All([0, 2], room => Assert.Equal(
            Enumerable.Range(1, 10).Select(static number => (long)number),
            found.Where(entry => entry.RoomId == rooms[room].RoomId).Select(static entry => entry.Sequence)));
        Assert.Equal(20, found.Count);
    }

    private static Dictionary<string, SpilledRoom> From(params ReadOnlySpan<(string RoomId, long Position)> rooms)
    {
        var from = new Dictionary<string, SpilledRoom>(StringComparer.Ordinal);
        foreach (var (roomId, position) in rooms)
            from[roomId] = new SpilledRoom(position, long.MaxValue);
        return from;
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_LaterAppends_GivesWhatReadingWouldGiveBeforeTheAppenderKnows()
    {
        await FillOutboxAsync(2);
        var earlier = await ReadOutboxAsync();
        var receiver = new OutboxReceiver();

        Assert.Equal(earlier[^1].Id, await Store.HandOverAsync(receiver, Cancelled));
        var room = await HoldAsync("b");
        await Store.AppendAsync(Append(room, 0, Event(), Event()), Cancelled);
        await Store.AppendAsync(Append(room, 2), Cancelled);

        Assert.Equal(
            (await Store.ReadOutboxAsync(earlier[^1].Id, 10, long.MaxValue, Cancelled)).Select(Describe),
            receiver.Entries.Select(Describe));
        Assert.All(receiver.Entries, static entry => Assert.True(entry.IsFresh));
        Assert.All(earlier, static entry => Assert.False(entry.IsFresh));

        static object Describe(OutboxEntry entry) => (entry with { Payload = default, IsFresh = false }) + Convert.ToHexString(entry.Payload.Span);
    }

    [Fact(Timeout = 60_000)]
    public async Task HandOver_EmptyStore_BeginsAtZero() =>
        Assert.Equal(0, await Store.HandOverAsync(new OutboxReceiver(), Cancelled));

    private async Task FillOutboxAsync(int count, string payload = "{}")
    {
        var room = await HoldAsync("filled");
        await Store.AppendAsync(Append(room, 0, [.. Enumerable.Range(0, count).Select(_ => Event(payload))]), Cancelled);
    }
}
