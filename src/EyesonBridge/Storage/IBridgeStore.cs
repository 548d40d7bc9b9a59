namespace EyesonBridge.Storage;

/// <summary>
/// What the bridge must not forget: which rooms are wanted and by what (intent), how far each is observed and by whom
/// (ownership), and the events that wait to be published (outbox).
/// </summary>
/// <remarks>
/// A write completes when it is on disk, never earlier. A store that is full, locked or slow makes its callers wait and
/// tells so in <see cref="Health"/>; it does not fail them. Cancelling a call gives up the wait, and the write with it
/// when it has not begun. Leases are granted by the database's clock.
/// </remarks>
internal interface IBridgeStore : IAsyncDisposable
{
    /// <summary>Set when the store has changed in a way that others act upon.</summary>
    StoreSignals Signals { get; }

    /// <summary>Whether writes go through at the moment, and if not, why.</summary>
    StoreHealth Health { get; }

    /// <summary>
    /// True when no other process can use the store while this one has it open: leases then need no end, and are not renewed.
    /// </summary>
    bool IsExclusive { get; }

    /// <summary>Whether this replica may act on what it holds.</summary>
    ReplicaLease Lease { get; }

    /// <summary>How rooms move between replicas; null in a store that nobody else can use.</summary>
    IRoomHandovers? Handovers => null;

    /// <summary>What one replica at a time does for all; all of it this one, in a store that nobody else can use.</summary>
    ReplicaDuties Duties { get; }

    /// <summary>
    /// Renews the lease of everything that <paramref name="owner"/> holds from now on, until the store is closed. Completes
    /// when it is held. Nothing happens in a store that nobody else can use.
    /// </summary>
    Task BeginLeaseAsync(string owner, CancellationToken cancellationToken);

    /// <summary>The replicas that share the store; null in a store that nobody else can use.</summary>
    IReplicaGroup? Replicas { get; }

    /// <summary>How the rooms are spread; null when there are no other replicas.</summary>
    Task<ReplicaShare?> ReadShareAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Wants a room observed. What each source asked for last counts; the room waits for the longest. A room that had ended
    /// or was rejected begins anew and keeps its sequence; who still follows it loses the lease.
    /// </summary>
    Task<RegistrationResult> RegisterRoomAsync(RoomRegistration registration, CancellationToken cancellationToken);

    /// <summary>Takes back what <paramref name="source"/> wanted. False when it had wanted nothing.</summary>
    /// <remarks>
    /// A command takes back what automatic sources want too, and keeps them from registering the meeting that runs now
    /// again; what a permalink wants stays.
    /// </remarks>
    Task<bool> UnregisterRoomAsync(string roomId, string source, CancellationToken cancellationToken);

    /// <summary>The next rooms that are asked for, by room id.</summary>
    Task<IReadOnlyList<RoomSummary>> ListRoomsAsync(RoomQuery query, CancellationToken cancellationToken);

    /// <summary>How many rooms there are.</summary>
    Task<long> CountRoomsAsync(CancellationToken cancellationToken);

    /// <summary>Counts the rooms, and tells <paramref name="take"/> of those that are asked for, less the first <paramref name="skip"/>.</summary>
    Task<RoomPage> PageRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken);

    /// <summary>
    /// The next rooms whose observation was over at <paramref name="endedUntil"/>, the longest over first, behind
    /// <paramref name="after"/>: up to <paramref name="limit"/> less those of which events still wait to be published.
    /// </summary>
    Task<EndedRoomPage> ListEndedRoomsAsync(DateTimeOffset endedUntil, EndedRoom? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Removes rooms, except those that have changed since they were listed, and tells how many that were. What is kept of
    /// each is enough for its sequence to go on when it is registered again, and for what was stopped to stay so.
    /// </summary>
    Task<int> RetireRoomsAsync(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil, CancellationToken cancellationToken);

    /// <summary>One room, or null when it was never registered, or was removed.</summary>
    Task<RoomRow?> FindRoomAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>
    /// Takes up to <paramref name="limit"/> active rooms that nobody holds a lease on, raising the epoch of each. Rooms
    /// that are wanted no longer but have not been brought to an end are active too, and so are those that are followed.
    /// </summary>
    /// <param name="owner">Who takes them.</param>
    /// <param name="lease">For how long; <see cref="Timeout.InfiniteTimeSpan"/> for as long as the store is open.</param>
    /// <param name="limit">The most rooms to take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<RoomRow>> ClaimRoomsAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Extends the lease of every room that <paramref name="owner"/> holds, and tells which these are. Leases without end
    /// are not written again.
    /// </summary>
    Task<IReadOnlyList<HeldRoom>> RenewLeasesAsync(string owner, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>The rooms that <paramref name="owner"/> holds and of which something else is wanted since the change with that number.</summary>
    Task<IReadOnlyList<HeldRoom>> ListChangedIntentAsync(string owner, long since, CancellationToken cancellationToken);

    /// <summary>The rooms that <paramref name="owner"/> holds and that nothing wants any more.</summary>
    Task<IReadOnlyList<string>> ListUnwantedRoomsAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Gives a room back before its lease ends. Nothing happens if another owner has the lease by now.</summary>
    Task ReleaseRoomAsync(string roomId, string owner, long epoch, CancellationToken cancellationToken);

    /// <summary>Gives back all rooms that <paramref name="owner"/> holds, and tells how many.</summary>
    Task<int> ReleaseRoomsAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a room back of which a part cannot be read: nobody claims it until it is registered anew, repaired, or tried
    /// again; one that was registered since it was claimed is only given back. Nothing happens if another owner has the lease by
    /// now.
    /// </summary>
    /// <param name="room">The room as it was claimed.</param>
    /// <param name="part">What cannot be read, one of <see cref="RoomParts"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetAsideAsync(RoomRow room, string part, CancellationToken cancellationToken);

    /// <summary>Takes entries out of an inbox that cannot be read, and keeps them.</summary>
    Task SetInboxAsideAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);

    /// <summary>Lets everything that is set aside be tried again: a newer version may be able to read it.</summary>
    Task RetrySetAsideAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes what one frame, or one step of the observation, led to: status, state, sequence and events, all or nothing.
    /// Appends of one room commit in the order in which this method is called, and after one that is
    /// <see cref="AppendOutcome.Fenced"/> those behind it are too.
    /// </summary>
    /// <param name="append">What to write.</param>
    /// <param name="receiver">Is told the outcome, once; at a few thousand appends a second a task for each is too dear.</param>
    /// <param name="cancellationToken">Gives up the append, when it has not begun.</param>
    void Append(RoomAppend append, IAppendReceiver receiver, CancellationToken cancellationToken);

    /// <summary>
    /// The next entries of the outbox behind <paramref name="afterId"/>, by their position, which within a room, and in a store
    /// that nobody else can use over all rooms, is the order of their commits: at most
    /// <paramref name="maxCount"/>, and no further one once <paramref name="maxBytes"/> of payload are read.
    /// </summary>
    Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// Some of the next entries of rooms, each from its position on, in order within each room.
    /// </summary>
    /// <param name="rooms">The rooms, with the position of the first entry that is asked for.</param>
    /// <param name="readTo">What the page before this one said; 0 for the first. What it was read for then may not be asked for again.</param>
    /// <param name="maxCount">How many at most.</param>
    /// <param name="maxBytes">No further one once so much payload is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OutboxPage> ReadOutboxOfAsync(Dictionary<string, SpilledRoom> rooms, long readTo, int maxCount, long maxBytes, CancellationToken cancellationToken);

    /// <summary>
    /// From now on hands what is appended to <paramref name="receiver"/> as well, commit by commit, before the appenders
    /// are told. What was committed earlier has to be read.
    /// </summary>
    /// <returns>Position of the last entry that is not handed over; 0 when there never was one.</returns>
    Task<long> HandOverAsync(IOutboxReceiver receiver, CancellationToken cancellationToken);

    /// <summary>Deletes entries that the broker has confirmed.</summary>
    Task DeleteOutboxAsync(IReadOnlyList<OutboxRange> ranges, CancellationToken cancellationToken);

    /// <summary>What a command changed in the outbox beside this process.</summary>
    /// <param name="entries">Entries that may have been skipped.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<OutboxRepairs> ReadRepairsAsync(IReadOnlyList<long> entries, CancellationToken cancellationToken);

    /// <summary>Puts some of the skipped events that are to be replayed at the end of the outbox, and tells how many that were.</summary>
    Task<int> ReplaySkippedAsync(CancellationToken cancellationToken);

    /// <summary>How much waits in the outbox, from memory: cheap enough for each event.</summary>
    OutboxDepth Depth { get; }

    /// <summary>What appends that are not settled yet hold in memory, in bytes: for those who make them, to make no more for a while.</summary>
    long BytesUnderWay { get; }

    /// <summary>Puts something into the inbox of a room, for its owner to process; a room without an owner is claimed for it.</summary>
    Task DeliverAsync(InboxEntry entry, CancellationToken cancellationToken);

    /// <summary>The inbox of a room, oldest first, at most 100 entries.</summary>
    Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(string roomId, CancellationToken cancellationToken);

    /// <summary>The rooms that <paramref name="owner"/> holds and whose inbox is not empty.</summary>
    Task<IReadOnlyList<string>> ListInboxRoomsAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Registers a permalink to be watched. False when it already was; then only account or recurrence can have changed, and a
    /// room that was rejected is registered again if its meeting still runs.
    /// </summary>
    Task<bool> RegisterPermalinkAsync(PermalinkRow permalink, CancellationToken cancellationToken);

    /// <summary>Stops watching a permalink, and no longer wants its room observed because of it. False when it was not watched.</summary>
    Task<bool> UnregisterPermalinkAsync(string token, CancellationToken cancellationToken);

    /// <summary>A permalink, or null when it is not watched, or no longer needed.</summary>
    Task<PermalinkRow?> FindPermalinkAsync(string token, CancellationToken cancellationToken);

    /// <summary>The permalinks that are waited for.</summary>
    Task<IReadOnlyList<PermalinkRow>> ListWaitingPermalinksAsync(CancellationToken cancellationToken);

    /// <summary>The next permalinks behind a <see cref="PermalinkEntry.Position"/>, watched or started; 0 begins with the first.</summary>
    Task<IReadOnlyList<PermalinkEntry>> ListPermalinksAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes where the watching of a permalink stands, all or nothing with what that leads to. Nothing is written
    /// when it is not waited for any more. A meeting that was told of by another token is not told of again.
    /// </summary>
    /// <param name="permalink">The permalink as it is now.</param>
    /// <param name="registration">The room to observe; null for none.</param>
    /// <param name="notice">What consumers are to be told; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<PermalinkOutcome> UpdatePermalinkAsync(
        PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice, CancellationToken cancellationToken);

    /// <summary>
    /// Lets other replicas know what was found of the API key of an account; nothing happens in a store that nobody else can use.
    /// Of a key that was accepted they learn only when one had been rejected.
    /// </summary>
    Task NoteKeyAsync(KeyFinding finding, CancellationToken cancellationToken);

    /// <summary>What was found last of each account of which a key was ever rejected; nothing in a store that nobody else can use.</summary>
    Task<IReadOnlyList<KeyFinding>> ListKeysAsync(CancellationToken cancellationToken);

    /// <summary>Writes and commits something harmless, to prove that writing works.</summary>
    Task ProbeAsync(CancellationToken cancellationToken);
}
