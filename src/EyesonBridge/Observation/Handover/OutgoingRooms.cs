using EyesonBridge.Observation.Endings;
using EyesonBridge.Observation.Room;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Handover;

/// <summary>The rooms that this replica offers to others, until each has a successor that hears it.</summary>
internal sealed class OutgoingRooms(ObserverServices services, IRoomHandovers store, string owner, ILogger logger)
{
    /// <summary>So long the owner hears on beside its successor: what was sent before that one was subscribed has arrived by then.</summary>
    public static readonly TimeSpan Beside = TimeSpan.FromMilliseconds(100);

    /// <summary>So long it is waited for those that are behind.</summary>
    public static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(1);

    /// <summary>An offer that nobody takes up for so long is taken back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (RunningObserver Room, long Since)> _offers = new(StringComparer.Ordinal);

    /// <summary>How many are offered.</summary>
    public int Count => _offers.Count;

    /// <summary>Offers those of the rooms that can be handed over without a gap.</summary>
    public async Task OfferAsync(IEnumerable<RunningObserver> rooms, CancellationToken cancellationToken)
    {
        var offered = rooms.Where(room => !_offers.ContainsKey(room.Observer.RoomId) && room.Observer.TryOffer()).ToList();
        if (offered.Count == 0)
            return;

        foreach (var room in offered)
            _offers[room.Observer.RoomId] = (room, services.Time.GetTimestamp());
        await store.OfferAsync(owner, [.. offered.Select(static room => room.Observer.RoomId)], cancellationToken);
    }

    /// <summary>Hands over the rooms whose successors hear them.</summary>
    /// <returns>How many these were.</returns>
    public async Task<int> GiveAsync(CancellationToken cancellationToken)
    {
        await WithdrawAsync(cancellationToken);
        if (_offers.Count == 0)
            return 0;

        var ready = (await store.ListReadyAsync(owner, cancellationToken)).Where(_offers.ContainsKey).ToList();
        if (ready.Count == 0)
            return 0;

        var leaving = await WhenReadAsync([.. ready.Select(roomId => _offers[roomId].Room)], cancellationToken);
        foreach (var room in leaving)
            room.Observer.Stop(ObservationEnding.ShuttingDown);
        await Task.WhenAll(leaving.Select(static room => room.Task));

        var given = leaving.Where(static room => room.Observer.Heard is not null)
            .Select(static room => new GivenRoom(room.Observer.RoomId, room.Observer.Epoch, room.Observer.Heard!))
            .ToList();
        var handed = given.Count == 0 ? [] : (await store.HandOverAsync(owner, given, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var room in leaving)
            _offers.Remove(room.Observer.RoomId);
        await ReleaseAsync([.. leaving.Where(room => !handed.Contains(room.Observer.RoomId))], cancellationToken);
        if (handed.Count > 0)
            logger.HandedOver(handed.Count);
        return handed.Count;
    }

    /// <summary>Those of the rooms of which all that was sent until their successors were subscribed is read, after some time to read it.</summary>
    private async Task<List<RunningObserver>> WhenReadAsync(List<RunningObserver> rooms, CancellationToken cancellationToken)
    {
        var (begun, now) = (services.Time.GetTimestamp(), services.Time.GetUtcNow());
        while (true)
        {
            await Task.Delay(Beside, services.Time, cancellationToken);
            var read = rooms.FindAll(room => room.Observer.HasReadUntil(now));
            if (read.Count == rooms.Count || services.Time.GetElapsedTime(begun) >= ReadWithin)
                return read;
        }
    }

    /// <summary>What has ended, or has broken off, is not offered any more, nor what nobody wants.</summary>
    private async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        var over = _offers.Values
            .Where(offer => offer.Room.Task.IsCompleted || !offer.Room.Observer.IsOffered || services.Time.GetElapsedTime(offer.Since) > Patience)
            .Select(static offer => offer.Room.Observer)
            .ToList();
        if (over.Count == 0)
            return;

        foreach (var observer in over)
        {
            observer.EndOffer();
            _offers.Remove(observer.RoomId);
        }

        await store.WithdrawAsync(owner, [.. over.Select(static observer => observer.RoomId)], cancellationToken);
    }

    /// <summary>Those that were stopped, and whose successor is gone: somebody claims them.</summary>
    private async Task ReleaseAsync(List<RunningObserver> rooms, CancellationToken cancellationToken)
    {
        if (rooms.Count == 0)
            return;

        logger.NotHandedOver(rooms.Count);
        await store.WithdrawAsync(owner, [.. rooms.Select(static room => room.Observer.RoomId)], cancellationToken);
        foreach (var room in rooms)
            await services.Store.ReleaseRoomAsync(room.Observer.RoomId, owner, room.Observer.Epoch, cancellationToken);
    }
}
