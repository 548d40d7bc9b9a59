using Microsoft.Data.Sqlite;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, for one replica.</summary>
/// <remarks>
/// Writes go through one <see cref="SqliteWriter"/>; reads use connections of their own and see what is committed,
/// without waiting for the writer. The file belongs to one process at a time; see <see cref="StoreFileLock"/>.
/// </remarks>
internal sealed class SqliteStore : IBridgeStore
{
    private const long AppendItself = 512; // with its objects, but without what it carries

    private readonly Lock _depthGate = new();
    private readonly SqliteDatabase _database;
    private readonly ReaderPool _readers;
    private OutboxDepth _depth;
    private IOutboxReceiver? _receiver;
    private int _disposed;

    private SqliteStore(SqliteDatabase database, SqliteConnection connection, OutboxDepth depth, TimeProvider time, ILogger logger)
    {
        _database = database;
        _readers = new ReaderPool(database);
        _depth = depth;
        Writer = new SqliteWriter(connection, database.Path, database.Space, database.Files, OnCommitted, time, logger);
    }

    /// <inheritdoc/>
    public StoreSignals Signals { get; } = new();

    /// <inheritdoc/>
    public StoreHealth Health => Writer.Health;

    /// <inheritdoc/>
    public bool IsExclusive => true; // the lock on the file

    /// <inheritdoc/>
    public IReplicaGroup? Replicas => null;

    /// <inheritdoc/>
    public ReplicaLease Lease { get; } = ReplicaLease.Always(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public ReplicaDuties Duties { get; } = ReplicaDuties.Always();

    /// <inheritdoc/>
    public OutboxDepth Depth
    {
        get
        {
            lock (_depthGate)
                return _depth;
        }
    }

    /// <inheritdoc/>
    public long BytesUnderWay => Writer.BytesUnderWay;

    /// <summary>What makes the writes.</summary>
    internal SqliteWriter Writer { get; }

    /// <summary>True when the file of the store is there.</summary>
    /// <exception cref="StoreException">The connection string names no file.</exception>
    public static bool Exists(string connectionString) => File.Exists(SqliteDatabase.PathOf(connectionString));

    /// <summary>True when there is something in it: a start that finds no room leaves an empty file.</summary>
    /// <exception cref="StoreException">The connection string names no file.</exception>
    public static bool HasContent(string connectionString) => new FileInfo(SqliteDatabase.PathOf(connectionString)) is { Exists: true, Length: > 0 };

    /// <summary>Opens the store, creating the file and its folder when they are missing and bringing its schema up to date.</summary>
    /// <param name="connectionString">Names the file: <c>Data Source=data/bridge.db</c>.</param>
    /// <param name="time">Clock of the pauses between attempts to write; leases and dates are the database's.</param>
    /// <param name="logger">Logger.</param>
    /// <param name="cancellationToken">Gives up before the file is touched.</param>
    /// <param name="space">Tells the room on the disk of a folder; null asks the system.</param>
    /// <exception cref="StoreException">The file cannot be used, and is left as it was.</exception>
    public static Task<SqliteStore> OpenAsync(
        string connectionString,
        TimeProvider time,
        ILogger<SqliteStore> logger,
        CancellationToken cancellationToken,
        Func<string, DiskSpace?>? space = null) =>
        Task.Run(() => Open(connectionString, space ?? DiskSpace.Of, time, logger), cancellationToken);

    /// <inheritdoc/>
    public Task BeginLeaseAsync(string owner, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<ReplicaShare?> ReadShareAsync(string owner, CancellationToken cancellationToken) => Task.FromResult<ReplicaShare?>(null);

    /// <inheritdoc/>
    public Task<RegistrationResult> RegisterRoomAsync(RoomRegistration registration, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Rooms.Register(registration), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnregisterRoomAsync(string roomId, string source, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Rooms.Unregister(roomId, source), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomSummary>> ListRoomsAsync(RoomQuery query, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<RoomSummary>>(reads => reads.ListRooms(query), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountRoomsAsync(CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.CountRooms(), cancellationToken);

    /// <inheritdoc/>
    public Task<RoomPage> PageRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.PageRooms(filter, skip, take), cancellationToken);

    /// <inheritdoc/>
    public Task<EndedRoomPage> ListEndedRoomsAsync(DateTimeOffset endedUntil, EndedRoom? after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.ListEndedRooms(endedUntil, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<int> RetireRoomsAsync(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Retired.Retire(rooms, endedUntil), cancellationToken);

    /// <inheritdoc/>
    public Task<RoomRow?> FindRoomAsync(string roomId, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.FindRoom(roomId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomRow>> ClaimRoomsAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Rooms.Claim(owner, lease, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeldRoom>> RenewLeasesAsync(string owner, TimeSpan lease, CancellationToken cancellationToken) =>
        lease == Timeout.InfiniteTimeSpan
            ? ReadAsync<IReadOnlyList<HeldRoom>>(reads => reads.ListHeldRooms(owner), cancellationToken)
            : WriteAsync(context => context.Rooms.Renew(owner, lease), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HeldRoom>> ListChangedIntentAsync(string owner, long since, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<HeldRoom>>(reads => reads.ListChangedIntent(owner, since), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListUnwantedRoomsAsync(string owner, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(reads => reads.ListUnwantedRooms(owner), cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseRoomAsync(string roomId, string owner, long epoch, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Rooms.Release(roomId, owner, epoch), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReleaseRoomsAsync(string owner, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Rooms.ReleaseAll(owner), cancellationToken);

    /// <inheritdoc/>
    public Task SetAsideAsync(RoomRow room, string part, CancellationToken cancellationToken) =>
        WriteAsync(context => context.SetAside.SetAside(room, part), cancellationToken);

    /// <inheritdoc/>
    public Task SetInboxAsideAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        WriteAsync(context => context.SetAside.SetInboxAside(ids), cancellationToken);

    /// <inheritdoc/>
    public Task RetrySetAsideAsync(CancellationToken cancellationToken) =>
        WriteAsync(context => context.SetAside.Retry(), cancellationToken);

    /// <inheritdoc/>
    public void Append(RoomAppend append, IAppendReceiver receiver, CancellationToken cancellationToken)
    {
        var bytes = AppendItself + (append.State?.Length ?? 0) + (append.Positions?.Length ?? 0);
        for (var index = 0; index < append.Events.Count; index++)
            bytes += append.Events[index].Payload.Length;
        Writer.Write(new AppendOperation(append, receiver, bytes), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<OutboxEntry>>(reads => reads.ReadOutbox(afterId, maxCount, maxBytes), cancellationToken);

    /// <inheritdoc/>
    public Task<OutboxPage> ReadOutboxOfAsync(
        Dictionary<string, SpilledRoom> rooms, long readTo, int maxCount, long maxBytes, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.ReadOutboxOf(rooms, readTo, maxCount, maxBytes), cancellationToken);

    /// <inheritdoc/>
    public Task<long> HandOverAsync(IOutboxReceiver receiver, CancellationToken cancellationToken) =>
        Writer.WriteAsync(
            context =>
            {
                _receiver = receiver; // on the writer's thread: no commit falls between
                return context.Appends.LastId();
            },
            bytes: 0,
            freesSpace: true, // what is handed over is published, and then deleted
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteOutboxAsync(IReadOnlyList<OutboxRange> ranges, CancellationToken cancellationToken)
    {
        if (ranges.Count == 0)
            return Task.CompletedTask;

        var delete = new DeleteOperation([.. ranges]);
        Writer.Write(delete, cancellationToken);
        return delete.Task;
    }

    /// <inheritdoc/>
    public Task<OutboxRepairs> ReadRepairsAsync(IReadOnlyList<long> entries, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.ReadRepairs(entries), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReplaySkippedAsync(CancellationToken cancellationToken) =>
        WriteAsync(context => context.SetAside.Replay(), cancellationToken);

    /// <inheritdoc/>
    public Task DeliverAsync(InboxEntry entry, CancellationToken cancellationToken) =>
        Writer.WriteAsync(context => context.Inbox.Deliver(entry), entry.Body.Length, freesSpace: false, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(string roomId, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<InboxEntry>>(reads => reads.ReadInbox(roomId), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListInboxRoomsAsync(string owner, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<string>>(reads => reads.ListInboxRooms(owner), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RegisterPermalinkAsync(PermalinkRow permalink, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Permalinks.Register(permalink), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnregisterPermalinkAsync(string token, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Permalinks.Unregister(token), cancellationToken);

    /// <inheritdoc/>
    public Task<PermalinkRow?> FindPermalinkAsync(string token, CancellationToken cancellationToken) =>
        ReadAsync(reads => reads.FindPermalink(token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PermalinkRow>> ListWaitingPermalinksAsync(CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<PermalinkRow>>(reads => reads.ListWaitingPermalinks(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PermalinkEntry>> ListPermalinksAsync(long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync<IReadOnlyList<PermalinkEntry>>(reads => reads.ListPermalinks(after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<PermalinkOutcome> UpdatePermalinkAsync(
        PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice, CancellationToken cancellationToken) =>
        WriteAsync(context => context.Permalinks.Update(permalink, registration, notice), cancellationToken);

    /// <inheritdoc/>
    public Task NoteKeyAsync(KeyFinding finding, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyFinding>> ListKeysAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<KeyFinding>>([]);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellationToken) =>
        WriteAsync(context => context.Appends.Probe(), cancellationToken);

    /// <summary>Writes what is queued, unless the disk rejects it, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        var isFirst = Interlocked.Exchange(ref _disposed, 1) == 0;
        if (isFirst)
            _readers.Dispose(); // the writer is to be the last one, and to tidy up
        await Writer.DisposeAsync();
        if (isFirst)
            _database.Dispose();
    }

    private static SqliteStore Open(string connectionString, Func<string, DiskSpace?> space, TimeProvider time, ILogger logger)
    {
        var database = SqliteDatabase.Take(connectionString, space, time, logger);
        SqliteConnection? connection = null;
        try
        {
            connection = database.OpenWriter();
            var depth = SqliteReads.OutboxDepth(connection.Handle!);
            StorageLog.StoreOpened(logger, database.Path, SqliteSchema.Version, depth.Count);
            var store = new SqliteStore(database, connection, depth, time, logger);
            if (database.HasFormerLeases)
                _ = store.WriteAsync(context => SqliteDatabase.VoidLeases(context.Database, logger), CancellationToken.None); // the first of all writes
            return store;
        }
        catch (SqliteException exception)
        {
            connection?.Dispose();
            database.Dispose();
            throw new StoreException(SqliteProblem.Describe(exception, database.Path), exception);
        }
    }

    private Task<T> WriteAsync<T>(Func<SqliteWriteContext, T> write, CancellationToken cancellationToken) =>
        Writer.WriteAsync(write, bytes: 0, freesSpace: false, cancellationToken);

    private Task<T> ReadAsync<T>(Func<SqliteReads, T> read, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
                try
                {
                    return _readers.Read(read);
                }
                catch (SqliteException exception)
                {
                    throw new StoreException(SqliteProblem.Describe(exception, _database.Path), exception);
                }
            },
            cancellationToken);

    private void OnCommitted(SqliteWriteContext context)
    {
        lock (_depthGate)
            _depth = context.Counted ?? new OutboxDepth(_depth.Count + context.EntriesAdded, _depth.Bytes + context.BytesAdded);
        if (context.Appended.Count > 0)
            _receiver?.Committed([.. context.Appended]);
        if (context.HasIntent)
            Signals.Intent.Set();
        if (context.HasPermalinks)
            Signals.Permalinks.Set();
    }
}
