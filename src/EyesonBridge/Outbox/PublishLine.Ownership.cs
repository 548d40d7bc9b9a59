using EyesonBridge.Storage;

namespace EyesonBridge.Outbox;

/// <content>Rooms that change hands between replicas.</content>
internal sealed partial class PublishLine
{
    /// <inheritdoc cref="IOutboxReceiver.Adopt"/>
    public void Adopt(LeftRoom room)
    {
        lock (_gate)
        {
            if (_lanes.Find(room.RoomId) is { } lane)
            {
                EndTrouble(lane);
                TakeBack(lane, Elsewhere);
            }

            _lanes.Adopt(room);
        }
    }

    /// <inheritdoc cref="IOutboxReceiver.Withhold"/>
    public void Withhold(string roomId)
    {
        lock (_gate)
        {
            if (_lanes.Find(roomId) is { } lane)
            {
                EndTrouble(lane);
                TakeBack(lane, Elsewhere);
            }

            _lanes.Withhold(roomId);
        }
    }

    /// <inheritdoc cref="IOutboxReceiver.Resume"/>
    public void Resume(string roomId)
    {
        lock (_gate)
        {
            if (_lanes.Find(roomId) is { IsWithheld: true })
                _lanes.Adopt(new LeftRoom(roomId, LastId: 0));
        }
    }

    /// <inheritdoc cref="IOutboxReceiver.Retain"/>
    public void Retain(IReadOnlySet<string> roomIds)
    {
        lock (_gate)
        {
            foreach (var lane in _lanes.All.Where(lane => !roomIds.Contains(lane.RoomId)).ToList())
            {
                EndTrouble(lane);
                TakeBack(lane, Elsewhere);
                _lanes.Remove(lane);
            }
        }
    }

    /// <summary>True when nothing of a room is in memory or known to be in the outbox.</summary>
    /// <param name="roomId">Which.</param>
    /// <param name="leaveUnreadable">True when it is left to others if its next event cannot be read here.</param>
    public bool HasNothingOf(string roomId, bool leaveUnreadable)
    {
        lock (_gate)
        {
            if (leaveUnreadable && _lanes.Find(roomId) is { IsBlocked: true } blocked)
            {
                TakeBack(blocked, Elsewhere);
                _lanes.Remove(blocked);
            }

            return _lanes.Find(roomId) is null;
        }
    }
}
