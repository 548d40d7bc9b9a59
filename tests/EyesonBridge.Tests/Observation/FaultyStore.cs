using System.Collections.Concurrent;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Tests.Observation;

/// <summary>The real store, with a hand before its appends.</summary>
internal sealed class FaultyStore(SqliteStore store) : IBridgeStore
{
    private Func<RoomAppend, CancellationToken, Task>? _beforeAppend;
    private int _claims;
    private int _renewals;

    /// <summary>The real store.</summary>
    public SqliteStore Inner => store;

    /// <summary>The outcomes of all appends so far.</summary>
    public ConcurrentQueue<AppendOutcome> Outcomes { get; } = new();

    /// <summary>How many rooms were to be removed, each time that some were.</summary>
    public ConcurrentQueue<int> Retirements { get; } = new();

    public StoreSignals Signals => store.Signals;

    public StoreHealth Health => store.Health;

    /// <summary>Whether leases have no end; set it before something is claimed.</summary>
    public bool IsExclusive { get; set; } = store.IsExclusive;

    /// <summary>The lease where others can take a room.</summary>
    public static readonly TimeSpan LeaseOfOthers = TimeSpan.FromSeconds(30);

    /// <summary>The lease of this replica, instead of one that fits <see cref="IsExclusive"/>.</summary>
    public ReplicaLease? OwnLease { get; set; }

    public ReplicaLease Lease => OwnLease is not null ? OwnLease : IsExclusive ? store.Lease : ReplicaLease.Always(LeaseOfOthers);

    /// <summary>What this replica does for all, instead of everything.</summary>
    public ReplicaDuties? OwnDuties { get; set; }

    public ReplicaDuties Duties => OwnDuties ?? store.Duties;

    /// <summary>The part of this replica among others, instead of none.</summary>
    public ReplicaShare? Share { get; set; }

    public IReplicaGroup? Replicas => store.Replicas;

    /// <summary>What is answered before <see cref="Share"/>, one after the other.</summary>
    public ConcurrentQueue<ReplicaShare> EarlierShares { get; } = new();

    public OutboxDepth Depth => store.Depth;

    public long BytesUnderWay => store.BytesUnderWay;

    /// <summary>Runs before each append from now on; what it throws, the append throws.</summary>
    public void BeforeAppend(Func<RoomAppend, CancellationToken, Task>? action) => Volatile.Write(ref _beforeAppend, action);

    public Task BeginLeaseAsync(string owner, CancellationToken cancellationToken) => store.BeginLeaseAsync(owner, cancellationToken);

    public Task<ReplicaShare?> ReadShareAsync(string owner, CancellationToken cancellationToken) =>
        EarlierShares.TryDequeue(out var earlier) ? Task.FromResult<ReplicaShare?>(earlier) : Share is null ? store.ReadShareAsync(owner, cancellationToken) : Task.FromResult(Share);

    public Task<RegistrationResult> RegisterRoomAsync(RoomRegistration registration, CancellationToken cancellationToken) =>
        store.RegisterRoomAsync(registration, cancellationToken);

    public Task<bool> UnregisterRoomAsync(string roomId, string source, CancellationToken cancellationToken) =>
        store.UnregisterRoomAsync(roomId, source, cancellationToken);

    public Task<IReadOnlyList<RoomSummary>> ListRoomsAsync(RoomQuery query, CancellationToken cancellationToken) => store.ListRoomsAsync(query, cancellationToken);

    public Task<long> CountRoomsAsync(CancellationToken cancellationToken) => store.CountRoomsAsync(cancellationToken);

    public Task<RoomPage> PageRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken) =>
        store.PageRoomsAsync(filter, skip, take, cancellationToken);

    public Task<EndedRoomPage> ListEndedRoomsAsync(DateTimeOffset endedUntil, EndedRoom? after, int limit, CancellationToken cancellationToken) =>
        store.ListEndedRoomsAsync(endedUntil, after, limit, cancellationToken);

    public Task<int> RetireRoomsAsync(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil, CancellationToken cancellationToken)
    {
        Retirements.Enqueue(rooms.Count);
        return store.RetireRoomsAsync(rooms, endedUntil, cancellationToken);
    }

    public Task<RoomRow?> FindRoomAsync(string roomId, CancellationToken cancellationToken) => store.FindRoomAsync(roomId, cancellationToken);

    /// <summary>Set when rooms are claimed, which is at the end of each round.</summary>
    public AsyncSignal Claiming { get; } = new();

    /// <summary>How often rooms were claimed: once a round at least.</summary>
    public int Claims => Volatile.Read(ref _claims);

    /// <summary>How often it was looked what is held.</summary>
    public int Renewals => Volatile.Read(ref _renewals);

    public Task<IReadOnlyList<RoomRow>> ClaimRoomsAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _claims);
        Claiming.Set();
        return store.ClaimRoomsAsync(owner, lease, limit, cancellationToken);
    }

    public Task<IReadOnlyList<HeldRoom>> RenewLeasesAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _renewals);
        return store.RenewLeasesAsync(owner, lease, cancellationToken);
    }

    public Task<IReadOnlyList<HeldRoom>> ListChangedIntentAsync(string owner, long since, CancellationToken cancellationToken) =>
        store.ListChangedIntentAsync(owner, since, cancellationToken);

    public Task<IReadOnlyList<string>> ListUnwantedRoomsAsync(string owner, CancellationToken cancellationToken) =>
        store.ListUnwantedRoomsAsync(owner, cancellationToken);

    public Task ReleaseRoomAsync(string roomId, string owner, long epoch, CancellationToken cancellationToken) =>
        store.ReleaseRoomAsync(roomId, owner, epoch, cancellationToken);

    public Task<int> ReleaseRoomsAsync(string owner, CancellationToken cancellationToken) => store.ReleaseRoomsAsync(owner, cancellationToken);

    public Task SetAsideAsync(RoomRow room, string part, CancellationToken cancellationToken) =>
        store.SetAsideAsync(room, part, cancellationToken);

    public Task SetInboxAsideAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => store.SetInboxAsideAsync(ids, cancellationToken);

    public Task RetrySetAsideAsync(CancellationToken cancellationToken) => store.RetrySetAsideAsync(cancellationToken);

    public Task<OutboxRepairs> ReadRepairsAsync(IReadOnlyList<long> entries, CancellationToken cancellationToken) =>
        store.ReadRepairsAsync(entries, cancellationToken);

    public Task<int> ReplaySkippedAsync(CancellationToken cancellationToken) => store.ReplaySkippedAsync(cancellationToken);

    public void Append(RoomAppend append, IAppendReceiver receiver, CancellationToken cancellationToken) =>
        _ = TellAsync(append, receiver, cancellationToken);

    public Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes, CancellationToken cancellationToken) =>
        store.ReadOutboxAsync(afterId, maxCount, maxBytes, cancellationToken);

    public Task<OutboxPage> ReadOutboxOfAsync(
        Dictionary<string, SpilledRoom> rooms, long readTo, int maxCount, long maxBytes, CancellationToken cancellationToken) =>
        store.ReadOutboxOfAsync(rooms, readTo, maxCount, maxBytes, cancellationToken);

    /// <summary>Who is handed over what is committed.</summary>
    public IOutboxReceiver? Receiver { get; private set; }

    public Task<long> HandOverAsync(IOutboxReceiver receiver, CancellationToken cancellationToken)
    {
        Receiver = receiver;
        return store.HandOverAsync(receiver, cancellationToken);
    }

    /// <summary>Awaited before entries of the outbox are deleted.</summary>
    public Func<Task> Deleting { get; set; } = static () => Task.CompletedTask;

    public async Task DeleteOutboxAsync(IReadOnlyList<OutboxRange> ranges, CancellationToken cancellationToken)
    {
        await Deleting();
        await store.DeleteOutboxAsync(ranges, cancellationToken);
    }

    public Task DeliverAsync(InboxEntry entry, CancellationToken cancellationToken) => store.DeliverAsync(entry, cancellationToken);

    public Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(string roomId, CancellationToken cancellationToken) => store.ReadInboxAsync(roomId, cancellationToken);

    public Task<IReadOnlyList<string>> ListInboxRoomsAsync(string owner, CancellationToken cancellationToken) => store.ListInboxRoomsAsync(owner, cancellationToken);

    public Task<bool> RegisterPermalinkAsync(PermalinkRow permalink, CancellationToken cancellationToken) => store.RegisterPermalinkAsync(permalink, cancellationToken);

    public Task<bool> UnregisterPermalinkAsync(string token, CancellationToken cancellationToken) => store.UnregisterPermalinkAsync(token, cancellationToken);

    public Task<PermalinkRow?> FindPermalinkAsync(string token, CancellationToken cancellationToken) => store.FindPermalinkAsync(token, cancellationToken);

    public Task<IReadOnlyList<PermalinkEntry>> ListPermalinksAsync(long after, int limit, CancellationToken cancellationToken) => store.ListPermalinksAsync(after, limit, cancellationToken);

    public Task<IReadOnlyList<PermalinkRow>> ListWaitingPermalinksAsync(CancellationToken cancellationToken) => store.ListWaitingPermalinksAsync(cancellationToken);

    public Task<PermalinkOutcome> UpdatePermalinkAsync(
        PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice, CancellationToken cancellationToken) =>
        store.UpdatePermalinkAsync(permalink, registration, notice, cancellationToken);

    public Task NoteKeyAsync(KeyFinding finding, CancellationToken cancellationToken) => store.NoteKeyAsync(finding, cancellationToken);

    public Task<IReadOnlyList<KeyFinding>> ListKeysAsync(CancellationToken cancellationToken) => store.ListKeysAsync(cancellationToken);

    public Task ProbeAsync(CancellationToken cancellationToken) => store.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private async Task TellAsync(RoomAppend append, IAppendReceiver receiver, CancellationToken cancellationToken)
    {
        try
        {
            if (Volatile.Read(ref _beforeAppend) is { } action)
                await action(append, cancellationToken);
            var outcome = await store.AppendAsync(append, cancellationToken);
            Outcomes.Enqueue(outcome);
            receiver.Told(outcome);
        }
#pragma warning disable CA1031 // it is the caller's
        catch (Exception exception)
        {
            receiver.Failed(exception);
        }
#pragma warning restore CA1031
    }
}
