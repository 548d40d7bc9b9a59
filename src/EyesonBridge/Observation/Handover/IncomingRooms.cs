using EyesonBridge.Observation.Room;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Handover;

/// <summary>The rooms that this replica has accepted from others, and hears beside them.</summary>
internal sealed class IncomingRooms(ObserverServices services, IRoomHandovers store, string owner, ILogger logger) : IAsyncDisposable
{
    private readonly Dictionary<string, IncomingRoom> _coming = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _coming.Count;

    /// <summary>True of a room that is accepted, and perhaps handed over, but not taken yet.</summary>
    public bool IsComing(string roomId) => _coming.ContainsKey(roomId);

    /// <summary>Accepts rooms that others offer, and begins to hear them.</summary>
    public async Task AcceptAsync(int limit, CancellationToken cancellationToken)
    {
        foreach (var (roomId, account) in await store.AcceptAsync(owner, limit, cancellationToken))
        {
            if (_coming.Remove(roomId, out var former))
                await former.DisposeAsync();
            _told.Remove(roomId);
            _coming[roomId] = new IncomingRoom(services, roomId, account, services.Store.Signals.Intent.Set);
        }
    }

    /// <summary>Tells which rooms are heard by now, and takes those that were handed over.</summary>
    public async Task<IReadOnlyList<(RoomRow Room, Succession? Succession)>> TakeAsync(CancellationToken cancellationToken)
    {
        if (_coming.Count == 0)
            return [];

        var ready = _coming.Values.Where(room => room.IsReady && !_told.Contains(room.RoomId)).Select(static room => room.RoomId).ToList();
        if (ready.Count > 0)
        {
            await store.NoteReadyAsync(owner, ready, cancellationToken);
            _told.UnionWith(ready);
        }

        var taken = new List<(RoomRow Room, Succession? Succession)>();
        foreach (var handed in await store.TakeAsync(owner, cancellationToken))
        {
            _told.Remove(handed.Room.RoomId);
            taken.Add((handed.Room, _coming.Remove(handed.Room.RoomId, out var incoming) ? new Succession(incoming, handed.Heard, handed.Ago, services.Time) : null));
        }

        if (taken.Count > 0)
            logger.TookHandedOver(taken.Count);
        await DropAsync(cancellationToken);
        return taken;
    }

    /// <summary>Leaves what was accepted to others.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (_coming.Count > 0)
            await store.WithdrawAsync(owner, [.. _coming.Keys], cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var room in _coming.Values)
            room.Stop();
        foreach (var room in _coming.Values)
            await room.DisposeAsync();
        _coming.Clear();
    }

    /// <summary>Gives back what cannot be heard, and leaves what its owner has taken back.</summary>
    private async Task DropAsync(CancellationToken cancellationToken)
    {
        var ended = _coming.Values.Where(static room => room.Running.IsCompleted).Select(static room => room.RoomId).ToList();
        if (ended.Count > 0)
            await store.WithdrawAsync(owner, ended, cancellationToken);

        if (_coming.Count == 0)
            return;

        var accepted = (await store.ListAcceptedAsync(owner, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        var dropped = _coming.Values.Where(room => !accepted.Contains(room.RoomId)).ToList();
        foreach (var room in dropped)
        {
            _coming.Remove(room.RoomId);
            _told.Remove(room.RoomId);
            room.Stop();
        }

        foreach (var room in dropped)
            await room.DisposeAsync();
    }
}
