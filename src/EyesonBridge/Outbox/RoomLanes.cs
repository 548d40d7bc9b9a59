using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <summary>The loaded part of the outbox, by room: of each room one entry at a time is on its way.</summary>
internal sealed class RoomLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<OutboxEntry>> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _blocked = new(StringComparer.Ordinal);
    private DateTimeOffset? _oldestBlocked;

    /// <summary>Adds an entry behind those of its room.</summary>
    public LaneEntry Add(OutboxEntry entry)
    {
        lock (_gate)
        {
            if (_blocked.Contains(entry.RoomId))
                return LaneEntry.Refused;

            var isNew = !_lanes.TryGetValue(entry.RoomId, out var lane);
            if (isNew)
                _lanes[entry.RoomId] = lane = new Queue<OutboxEntry>();
            lane!.Enqueue(entry);
            return isNew ? LaneEntry.First : LaneEntry.Behind;
        }
    }

    /// <summary>Forgets the entries of the room, and takes no more of it. Gives how many there were.</summary>
    public int Block(string roomId)
    {
        lock (_gate)
        {
            _blocked.Add(roomId);
            if (!_lanes.Remove(roomId, out var lane))
                return 0;

            if (lane.TryPeek(out var first) && (_oldestBlocked is null || first.CreatedAt < _oldestBlocked))
                _oldestBlocked = first.CreatedAt;
            return lane.Count;
        }
    }

    /// <summary>When the oldest entry was put into the outbox, of those that wait and those that were blocked; null when there is none.</summary>
    public DateTimeOffset? OldestAt
    {
        get
        {
            lock (_gate)
            {
                var oldest = _oldestBlocked;
                foreach (var lane in _lanes.Values)
                {
                    if (lane.TryPeek(out var first) && (oldest is null || first.CreatedAt < oldest))
                        oldest = first.CreatedAt;
                }

                return oldest;
            }
        }
    }

    /// <summary>When the oldest waiting entry of each of these rooms was put into the outbox; rooms of which nothing waits are left out.</summary>
    public Dictionary<string, DateTimeOffset> OldestOf(IEnumerable<string> roomIds)
    {
        var found = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var roomId in roomIds)
            {
                if (_lanes.TryGetValue(roomId, out var lane) && lane.TryPeek(out var first))
                    found[roomId] = first.CreatedAt;
            }
        }

        return found;
    }

    /// <summary>The entry of the room that is next.</summary>
    public OutboxEntry First(string roomId)
    {
        lock (_gate)
            return _lanes[roomId].Peek();
    }

    /// <summary>Takes the first entry of the room away. False when it was the last, and the room is taken care of no more.</summary>
    public bool Advance(string roomId)
    {
        lock (_gate)
        {
            var lane = _lanes[roomId];
            lane.Dequeue();
            return lane.Count > 0 || !_lanes.Remove(roomId);
        }
    }
}
