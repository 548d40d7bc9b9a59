using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>
/// The rooms of a line, and what of them is in memory. What finds no room there stays in the outbox, and so does what is
/// behind it, until it is read.
/// </summary>
/// <remarks>Not thread-safe: its line guards it.</remarks>
/// <param name="memory">How much may be in memory.</param>
/// <param name="progress">Told of rooms that begin and end to have something.</param>
/// <param name="window">Where a new room counts.</param>
internal sealed class RoomLanes(LaneMemory memory, DispatcherProgress progress, PublishWindow window)
{
    private readonly Dictionary<string, RoomLane> _lanes = new(StringComparer.Ordinal);
    private bool _isCatchingUp = true;

    /// <summary>Each of them.</summary>
    public Dictionary<string, RoomLane>.ValueCollection All => _lanes.Values;

    /// <summary>True when nothing more can be published: what remains is blocked, or troubled.</summary>
    public bool AreDrained => !_isCatchingUp
        && _lanes.Values.All(static lane => lane.IsBlocked || lane.IsTroubled || lane.IsWithheld || (lane.Count == 0 && lane.SpilledFrom is null));

    /// <summary>A room; null when nothing is known of it.</summary>
    public RoomLane? Find(string roomId) => _lanes.GetValueOrDefault(roomId);

    /// <inheritdoc cref="PublishLine.Add"/>
    /// <returns>The room, if it has one more in memory.</returns>
    public RoomLane? Add(OutboxEntry entry)
    {
        var lane = LaneOf(entry.RoomId);
        lane.NewestId = Math.Max(lane.NewestId, entry.Id); // one that is told of late may be older
        if (lane.SpilledFrom is not null)
            return null;

        if (_isCatchingUp || lane.IsBlocked || !memory.HasRoomFor(lane))
        {
            lane.SpilledFrom = entry.Id; // while catching up, earlier ones may not have been read yet
            return null;
        }

        return Load(lane, entry);
    }

    /// <inheritdoc cref="PublishLine.TryLoadEarlier"/>
    /// <returns>The room, if it has one more in memory.</returns>
    public RoomLane? AddEarlier(OutboxEntry entry)
    {
        var lane = LaneOf(entry.RoomId);
        lane.NewestId = Math.Max(lane.NewestId, entry.Id);
        if (lane.SpilledFrom < entry.Id)
            return null;

        if (lane.IsBlocked || !memory.HasRoomFor(lane))
        {
            lane.SpilledFrom = entry.Id;
            return null;
        }

        return Load(lane, entry);
    }

    /// <summary>What was there before the start has been read, or is known to be left in the outbox.</summary>
    public void EndCatchingUp() => _isCatchingUp = false;

    /// <inheritdoc cref="PublishLine.TryLoadSpilled"/>
    /// <returns>The room, if it has one more in memory.</returns>
    public RoomLane? AddSpilled(OutboxEntry entry, long from)
    {
        // A room that failed meanwhile has left more to the outbox: what was read behind that may not overtake it.
        if (Find(entry.RoomId) is not { IsWithheld: false } lane || lane.SpilledFrom != from)
            return null;

        if (lane.IsBlocked || !memory.HasRoomFor(lane))
        {
            lane.SpilledFrom = entry.Id;
            return null;
        }

        lane.SpilledFrom = entry.Id >= lane.NewestId ? null : entry.Id + 1;
        return Load(lane, entry);
    }

    /// <inheritdoc cref="PublishLine.NoteReadThrough"/>
    public void NoteReadThrough(string roomId, SpilledRoom spilled)
    {
        if (Find(roomId) is not { IsWithheld: false } lane || lane.SpilledFrom != spilled.From || lane.NewestId > spilled.Newest)
            return;

        lane.SpilledFrom = null;
        RemoveIfEmpty(lane);
    }

    /// <inheritdoc cref="PublishLine.AddHungry"/>
    public void AddHungry(Dictionary<string, SpilledRoom> rooms)
    {
        if (_isCatchingUp)
            return;

        foreach (var lane in _lanes.Values)
        {
            if (lane is { SpilledFrom: { } from, IsBlocked: false, IsWithheld: false } && memory.HasMuchRoomFor(lane))
                rooms[lane.RoomId] = new SpilledRoom(from, lane.NewestId);
        }
    }

    /// <summary>Takes away what is confirmed at the head of a room.</summary>
    /// <param name="lane">The room.</param>
    /// <param name="finished">Gets what that is.</param>
    /// <param name="unrouted">Gets the types of those that the broker had no queue for.</param>
    public void Finish(RoomLane lane, List<OutboxEntry> finished, List<string> unrouted)
    {
        while (lane.TryFinish(out var publication))
        {
            var entry = publication.Entry;
            memory.Release(entry.Weight);
            finished.Add(entry);
            if (!publication.IsRouted)
                unrouted.Add(entry.Type);
        }

        if (lane.Count == 0)
            progress.EndLane();
    }

    /// <summary>Takes away the first of a room, which will never be published.</summary>
    public void Drop(RoomLane lane)
    {
        memory.Release(lane.Drop().Weight);
        if (lane.IsBlocked)
        {
            lane.IsBlocked = false;
            if (lane.Count > 0)
                progress.BeginLane();
        }
        else if (lane.Count == 0)
        {
            progress.EndLane();
        }
    }

    /// <summary>Leaves to the outbox what is behind the first <paramref name="count"/> of a room.</summary>
    public void Trim(RoomLane lane, int count) => memory.Release(lane.Trim(count));

    /// <summary>Forgets a room of which nothing is left.</summary>
    public void RemoveIfEmpty(RoomLane lane)
    {
        if (lane is { Count: 0, SpilledFrom: null, IsBlocked: false, IsTroubled: false, IsWithheld: false })
            _lanes.Remove(lane.RoomId);
    }

    /// <summary>Has a room read from the outbox from its begin on: what is committed from now on is behind that.</summary>
    public void Adopt(LeftRoom room)
    {
        if (Find(room.RoomId) is { IsWithheld: false } former)
            Remove(former);
        var lane = LaneOf(room.RoomId);
        lane.IsWithheld = false;
        lane.SpilledFrom = 0;
        lane.NewestId = Math.Max(lane.NewestId, room.LastId);
    }

    /// <summary>Leaves what is committed of a room from now on to the outbox, until it is adopted.</summary>
    public void Withhold(string roomId)
    {
        if (Find(roomId) is { } former)
            Remove(former);
        var lane = LaneOf(roomId);
        lane.IsWithheld = true;
        lane.SpilledFrom = 0;
    }

    /// <summary>Forgets a room, and leaves it to the outbox; nothing of it may be under way.</summary>
    public void Remove(RoomLane lane)
    {
        if (lane is { Count: > 0, IsBlocked: false })
            progress.EndLane();
        memory.Release(lane.Clear());
        _lanes.Remove(lane.RoomId);
    }

    private RoomLane LaneOf(string roomId)
    {
        if (!_lanes.TryGetValue(roomId, out var lane))
            _lanes[roomId] = lane = new RoomLane(roomId, window);
        return lane;
    }

    private RoomLane Load(RoomLane lane, OutboxEntry entry)
    {
        if (lane.Count == 0)
            progress.BeginLane();
        lane.Add(entry);
        memory.Take(entry.Weight);
        return lane;
    }
}
