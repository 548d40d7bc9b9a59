using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>
/// Reads the outbox: what was there before the start, and later what found no room in memory when it was committed. In
/// between it has nothing to do.
/// </summary>
internal sealed class OutboxRefill(IBridgeStore store, PublishLines lines, LaneMemory memory, DispatcherProgress progress, TimeProvider time, ILogger<OutboxDispatcher> logger)
{
    private const int PageCount = 1_000;
    private const long PageBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _wanted = new();

    /// <summary>Has it look whether there is room for more.</summary>
    public void Want() => _wanted.Set();

    /// <summary>Reads until it is cancelled.</summary>
    /// <param name="lastId">The last entry that is not handed over when it is committed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(long lastId, CancellationToken cancellationToken)
    {
        var readTo = 0L;
        while (readTo < lastId)
            readTo = await TryAsync(() => ReadEarlierAsync(readTo, lastId, cancellationToken), cancellationToken) ?? readTo;
        lines.EndCatchingUp();

        long? lookedAt = null;
        while (true)
        {
            progress.NoteRound(isFull: false);
            if (lookedAt is null || time.GetElapsedTime(lookedAt.Value) >= LookEvery)
            {
                lookedAt = time.GetTimestamp();
                await TryAsync(() => FollowRepairsAsync(cancellationToken), cancellationToken);
            }

            await TryAsync(() => ReadSpilledAsync(cancellationToken), cancellationToken);
            await _wanted.WaitAsync(LookEvery, time, cancellationToken);
        }
    }

    /// <summary>Follows what a command changed in the outbox: events that are to be skipped, and those to be published after all.</summary>
    /// <returns>How many that were.</returns>
    private async Task<long> FollowRepairsAsync(CancellationToken cancellationToken)
    {
        var stuck = lines.Stuck();
        var repairs = await store.ReadRepairsAsync([.. stuck.Select(static entry => entry.Id)], cancellationToken);
        var skipped = stuck.FindAll(entry => repairs.Gone.Contains(entry.Id) && lines.Of(entry.RoomId).Drop(entry));
        foreach (var entry in skipped)
            logger.Skipped(entry.EventId, entry.RoomId, entry.Type);
        // They are gone already: deleted once more, what waits is counted anew.
        await store.DeleteOutboxAsync([.. skipped.Select(static entry => new OutboxRange(entry.Id, entry.Id, entry.Payload.Length))], cancellationToken);

        var replayed = 0;
        while (repairs.HasReplays && await store.ReplaySkippedAsync(cancellationToken) is > 0 and var count)
            replayed += count;
        if (replayed > 0)
            logger.Replayed(replayed);
        return skipped.Count + replayed;
    }

    private async Task<long?> TryAsync(Func<Task<long>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // whatever goes wrong in one round must not end the publishing
        catch (Exception error)
        {
            logger.RoundFailed(error);
            await Task.Delay(RetryAfter, time, cancellationToken);
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>Reads a page of what was there before the start.</summary>
    /// <returns>Up to where that was read.</returns>
    private async Task<long> ReadEarlierAsync(long readTo, long lastId, CancellationToken cancellationToken)
    {
        while (memory.IsFull)
        {
            progress.NoteRound(isFull: true);
            await _wanted.WaitAsync(LookEvery, time, cancellationToken);
        }

        progress.NoteRound(isFull: false);
        var page = await store.ReadOutboxAsync(readTo, PageCount, PageBytes, cancellationToken);
        foreach (var entry in page)
        {
            if (entry.Id > lastId)
                return lastId;
            lines.Of(entry.RoomId).TryLoadEarlier(entry);
        }

        return page.Count == 0 ? lastId : page[^1].Id;
    }

    /// <summary>Reads on for the rooms that have spilled and have room in memory again.</summary>
    private async Task<long> ReadSpilledAsync(CancellationToken cancellationToken)
    {
        var rooms = new Dictionary<string, SpilledRoom>(StringComparer.Ordinal);
        lines.AddHungry(rooms);
        if (rooms.Count == 0)
            return 0;

        var readTo = 0L;
        while (rooms.Count > 0)
        {
            progress.NoteRound(isFull: false);
            var page = await store.ReadOutboxOfAsync(rooms, readTo, PageCount, PageBytes, cancellationToken);
            readTo = page.ReadTo;
            Load(page.Entries, rooms);
            if (page.IsLast)
            {
                NoteReadThrough(rooms);
                break;
            }
        }

        _wanted.Set(); // more may have been spilled meanwhile
        return readTo;
    }

    /// <summary>Hands on what was read of rooms, and notes up to where that was; those that take no more are left out from then on.</summary>
    private void Load(IReadOnlyList<OutboxEntry> page, Dictionary<string, SpilledRoom> rooms)
    {
        foreach (var entry in page)
        {
            if (!rooms.TryGetValue(entry.RoomId, out var room) || entry.Id < room.From)
                continue;

            if (lines.Of(entry.RoomId).TryLoadSpilled(entry, room.From) && entry.Id < room.Newest)
                rooms[entry.RoomId] = room with { From = entry.Id + 1 };
            else
                rooms.Remove(entry.RoomId);
        }
    }

    private void NoteReadThrough(Dictionary<string, SpilledRoom> rooms)
    {
        foreach (var (roomId, room) in rooms)
            lines.Of(roomId).NoteReadThrough(roomId, room);
    }
}
