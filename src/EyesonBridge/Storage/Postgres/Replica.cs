using EyesonBridge.Pacing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>This replica among the others: what it owns and publishes, and that it lives.</summary>
/// <remarks>What changes that is done one at a time, so that the dispatcher hears of it in the order in which it happened.</remarks>
/// <param name="database">Where to.</param>
/// <param name="work">Its transactions beside the writer's.</param>
/// <param name="listHeld">
/// The rooms that a replica observes or publishes, and which of them it publishes, read in turn with its appends: what was committed before, and perhaps told late, the
/// dispatcher has by then.
/// </param>
/// <param name="settle">Waits until what became of the appends so far is known, and told.</param>
/// <param name="receiver">The dispatcher; null before there is one.</param>
/// <param name="handshakes">Tells the handshakes that it waits for or has made of late.</param>
/// <param name="recover">Called before a lease that had lapsed counts again.</param>
/// <param name="time">The replica's own clock.</param>
/// <param name="logger">Logger.</param>
internal sealed class Replica(
    PostgresDatabase database,
    PostgresWork work,
    Func<string, CancellationToken, Task<List<(string RoomId, bool IsPublishedHere)>>> listHeld,
    Func<CancellationToken, Task> settle,
    Func<IOutboxReceiver?> receiver,
    Func<int> handshakes,
    Func<string, CancellationToken, Task> recover,
    TimeProvider time,
    ILogger logger) : IAsyncDisposable
{
    /// <summary>For how long nobody else may have the rooms of a replica that does not renew.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastEventsWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookForLastEventsEvery = TimeSpan.FromMilliseconds(25);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private Task _running = Task.CompletedTask;

    /// <inheritdoc cref="IBridgeStore.Lease"/>
    public ReplicaLease Lease { get; } = ReplicaLease.Renewed(LeaseDuration, time);

    /// <inheritdoc cref="IBridgeStore.BeginLeaseAsync"/>
    public Task BeginAsync(string owner, CancellationToken cancellationToken)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var heartbeat = new ReplicaHeartbeat(database, owner, Lease, handshakes, cancelled => RecoverAsync(owner, cancelled), time, logger);
        _running = Task.WhenAll(
            Task.Run(() => heartbeat.RunAsync(begun, _closing.Token), CancellationToken.None),
            Task.Run(() => Rounds.RunAsync(cancelled => LookAfterAsync(owner, cancelled), NoteFailure, LookEvery, time, _closing.Token), CancellationToken.None));
        return begun.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc cref="IBridgeStore.ClaimRoomsAsync"/>
    public async Task<IReadOnlyList<RoomRow>> ClaimAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var mayTakeOver = Lease.IsSteady;
            var (rooms, left) = await work.WriteAsync(session => ClaimAsync(session, owner, lease, limit, mayTakeOver), cancellationToken);
            if (receiver() is { } dispatcher)
            {
                dispatcher.Withhold([.. rooms.Where(static room => room.IsPublishedElsewhere).Select(static room => room.Room.RoomId)]);
                dispatcher.Resume([.. rooms.Where(static room => !room.IsPublishedElsewhere).Select(static room => room.Room.RoomId)]);
                dispatcher.Adopt(left);
            }

            if (rooms.Count(static room => room.Former is not null) is > 0 and var takenOver)
                ReplicaLog.TookOver(logger, takenOver);
            return [.. rooms.Select(static room => room.Room)];
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc cref="IRoomHandovers.HandOverAsync"/>
    public async Task<IReadOnlyList<string>> HandOverAsync(string owner, IReadOnlyList<GivenRoom> rooms, CancellationToken cancellationToken)
    {
        var ids = rooms.Select(static room => room.RoomId).ToList();
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var published = await WhenPublishedAsync(ids, cancellationToken);
            return await work.WriteAsync(session => new HandoverWrites(session).HandOverAsync(owner, rooms, published), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc cref="IRoomHandovers.TakeAsync"/>
    public async Task<IReadOnlyList<HandedRoom>> TakeHandedAsync(string successor, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var (taken, left) = await work.WriteAsync(session => TakeAsync(session, successor), cancellationToken);
            if (receiver() is { } dispatcher)
            {
                dispatcher.Withhold([.. taken.Where(static room => room.IsPublishedElsewhere).Select(static room => room.Room.Room.RoomId)]);
                dispatcher.Resume([.. taken.Where(static room => !room.IsPublishedElsewhere).Select(static room => room.Room.Room.RoomId)]);
                dispatcher.Adopt(left);
            }

            return [.. taken.Select(static room => room.Room)];
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
        _gate.Dispose();
    }

    private static async Task<(IReadOnlyList<ClaimedRoom> Rooms, IReadOnlyList<LeftRoom> Left)> ClaimAsync(
        PostgresSession session, string owner, TimeSpan lease, int limit, bool mayTakeOver)
    {
        // Also of rooms that this replica publishes already: another may have appended to them meanwhile.
        var rooms = await new RoomWrites(session).ClaimAsync(owner, lease, limit, mayTakeOver);
        var own = rooms.Where(static room => !room.IsPublishedElsewhere).Select(static room => room.Room.RoomId);
        return (rooms, await new OwnershipWrites(session).ReadLeftAsync([.. own]));
    }

    private static async Task<(List<(HandedRoom Room, bool IsPublishedElsewhere)> Taken, List<LeftRoom> Left)> TakeAsync(PostgresSession session, string successor)
    {
        var taken = await new HandoverWrites(session).TakeAsync(successor);
        var own = taken.Where(static room => !room.IsPublishedElsewhere).Select(static room => room.Room.Room.RoomId);
        return (taken, await new OwnershipWrites(session).ReadLeftAsync([.. own]));
    }

    /// <summary>The lease had lapsed: what others have taken meanwhile is not published here any more, before anything is.</summary>
    private async Task RecoverAsync(string owner, CancellationToken cancellationToken)
    {
        await recover(owner, cancellationToken);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var held = await listHeld(owner, cancellationToken);
            var published = held.Where(static room => room.IsPublishedHere).Select(static room => room.RoomId).ToHashSet(StringComparer.Ordinal);
            if (receiver() is { } dispatcher)
            {
                dispatcher.Retain(published);
                dispatcher.Withhold([.. held.Where(static room => !room.IsPublishedHere).Select(static room => room.RoomId)]);
            }

            ReplicaLog.LeaseHeldAgain(logger, published.Count);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Those of the rooms that have nothing left to be published, after some time for the last events of each.</summary>
    private async Task<IReadOnlyList<string>> WhenPublishedAsync(List<string> roomIds, CancellationToken cancellationToken)
    {
        if (receiver() is not { } dispatcher)
            return [];

        var begun = time.GetTimestamp();
        while (true)
        {
            var published = await dispatcher.WithoutRestAsync(roomIds, leaveUnreadable: true, cancellationToken);
            if (published.Count == roomIds.Count || time.GetElapsedTime(begun) >= LastEventsWithin)
                return published;

            await Task.Delay(LookForLastEventsEvery, time, cancellationToken);
        }
    }

    /// <summary>Leaves to others what they wait for, and takes what they left.</summary>
    private async Task LookAfterAsync(string owner, CancellationToken cancellationToken)
    {
        await Task.Delay(LookEvery, time, cancellationToken);
        if (!Lease.IsHeld || receiver() is not { } dispatcher)
            return;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var aside = await work.ReadAsync(reads => reads.Ownership.ListAsideAsync(owner), cancellationToken);
            if (aside.Count > 0)
            {
                dispatcher.Resume([.. aside.Select(static room => room.RoomId)]); // what was withheld until another had finished is this replica's since, if the room ended meanwhile
                await settle(cancellationToken); // nothing more is appended to them here, but the dispatcher may not know of the last yet
                await LeaveAsync(owner, dispatcher, aside.Where(static room => room.IsObserved), leaveUnreadable: true, cancellationToken);
                await LeaveAsync(owner, dispatcher, aside.Where(static room => !room.IsObserved), leaveUnreadable: false, cancellationToken);
            }

            if (!Lease.IsSteady)
                return;

            var abandoned = await work.ReadAsync(reads => reads.Ownership.ListAbandonedAsync(owner), cancellationToken);
            if (abandoned.Count == 0)
                return;

            var adopted = await work.WriteAsync(session => new OwnershipWrites(session).AdoptAsync(owner, abandoned), cancellationToken);
            if (adopted.Count == 0)
                return;

            dispatcher.Adopt(adopted);
            ReplicaLog.TookOverPublishing(logger, adopted.Count);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task LeaveAsync(
        string owner, IOutboxReceiver dispatcher, IEnumerable<AsideRoom> rooms, bool leaveUnreadable, CancellationToken cancellationToken)
    {
        var without = await dispatcher.WithoutRestAsync([.. rooms.Select(static room => room.RoomId)], leaveUnreadable, cancellationToken);
        if (without.Count > 0)
            dispatcher.Adopt(await work.WriteAsync(session => new OwnershipWrites(session).LeaveAsync(owner, without), cancellationToken));
    }

    private void NoteFailure(Exception failure) => StorageLog.WriteFailed(logger, failure);
}
