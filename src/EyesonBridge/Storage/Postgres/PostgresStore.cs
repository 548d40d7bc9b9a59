using System.Collections.Concurrent;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The store of many replicas: a PostgreSQL database.</summary>
/// <remarks>
/// What observers append and the dispatcher deletes goes through one <see cref="PostgresWriter"/>, which commits much at once;
/// everything else is a transaction of its own.
/// </remarks>
internal sealed partial class PostgresStore : IBridgeStore
{
    private const long AppendItself = 512; // with its objects, but without what it carries

    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _depthGate = new();
    private readonly PostgresDatabase _database;
    private readonly PostgresHealth _health;
    private readonly PostgresWork _work;
    private readonly PostgresNews _news;
    private readonly ReplicaTalk _talk;
    private readonly Replica _replica;
    private readonly DutyKeeper _duties;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, TimeSpan> _leases = new(StringComparer.Ordinal);
    private OutboxDepth _depth;
    private volatile IOutboxReceiver? _receiver;
    private Task _counting = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Task _tidying = Task.CompletedTask;
    private readonly CancellationTokenSource _closing = new();
    private int _disposed;

    private PostgresStore(PostgresDatabase database, TimeProvider time, ILogger logger)
    {
        _database = database;
        _health = new PostgresHealth(database.Place, logger);
        _news = new PostgresNews(database, Signals, said => _talk!.Hear(said), time);
        _work = new PostgresWork(database, _health, TellAsync, OnCommitted, time);
        _talk = new ReplicaTalk(_work, time);
        _replica = new Replica(database, _work, ListHeldAsync, SettleAsync, () => _receiver, () => _talk.Handshakes?.Invoke() ?? 0, RecoverAsync, time, logger);
        Handovers = new PostgresHandovers(_work, _replica);
        _duties = new DutyKeeper(_work, _news, Signals, _replica.Lease, time, logger);
        _time = time;
        Writer = new PostgresWriter(database, OnCommitted, Tell, ProlongLeases, _health, time, logger);
    }

    /// <inheritdoc/>
    public StoreSignals Signals { get; } = new();

    /// <inheritdoc/>
    public StoreHealth Health => _health.Current;

    /// <inheritdoc/>
    public bool IsExclusive => false;

    /// <inheritdoc/>
    public ReplicaLease Lease => _replica.Lease;

    /// <inheritdoc/>
    public IRoomHandovers Handovers { get; }

    /// <inheritdoc/>
    public ReplicaDuties Duties => _duties.Duties;

    /// <inheritdoc/>
    public IReplicaGroup? Replicas => _talk;

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

    /// <summary>What makes the appends.</summary>
    internal PostgresWriter Writer { get; }

    /// <summary>Opens the store, and brings its schema up to date.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="time">Clock of the pauses between attempts; leases and dates are the database's.</param>
    /// <param name="logger">Logger.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public static async Task<PostgresStore> OpenAsync(StoreOptions options, TimeProvider time, ILogger<PostgresStore> logger, CancellationToken cancellationToken)
    {
        var store = new PostgresStore(await PostgresDatabase.OpenAsync(options, logger, cancellationToken), time, logger);
        try
        {
            store._depth = await store._work.ReadAsync(reads => reads.CountOutboxAsync(cancellationToken), cancellationToken);
            StorageLog.StoreOpened(logger, store._database.Place, PostgresSchema.Version, store.Depth.Count);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RegistrationResult> RegisterRoomAsync(RoomRegistration registration, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new RoomWrites(session).RegisterAsync(registration), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnregisterRoomAsync(string roomId, string source, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new RoomWrites(session).UnregisterAsync(roomId, source), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RoomSummary>> ListRoomsAsync(RoomQuery query, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ListRoomsAsync(query), cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountRoomsAsync(CancellationToken cancellationToken) =>
        _work.ReadAsync(static reads => reads.CountRoomsAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<RoomPage> PageRoomsAsync(RoomFilter filter, int skip, int take, CancellationToken cancellationToken) =>
        _work.ReadAsync(reads => reads.PageRoomsAsync(filter, skip, take), cancellationToken);

    /// <inheritdoc/>
    public Task<EndedRoomPage> ListEndedRoomsAsync(DateTimeOffset endedUntil, EndedRoom? after, int limit, CancellationToken cancellationToken) =>
        _work.ReadAsync(reads => reads.ListEndedRoomsAsync(endedUntil, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<int> RetireRoomsAsync(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new RoomWrites(session).RetireAsync(rooms, endedUntil), cancellationToken);

    /// <inheritdoc/>
    public Task<RoomRow?> FindRoomAsync(string roomId, CancellationToken cancellationToken) =>
        _work.ReadAsync(reads => reads.FindRoomAsync(roomId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldRoom>> ListChangedIntentAsync(string owner, long since, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ListChangedIntentAsync(owner, since), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListUnwantedRoomsAsync(string owner, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ListUnwantedRoomsAsync(owner), cancellationToken);

    /// <inheritdoc/>
    public Task SetAsideAsync(RoomRow room, string part, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Inbox(session).SetAsideAsync(room, part), cancellationToken);

    /// <inheritdoc/>
    public Task SetInboxAsideAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Inbox(session).SetInboxAsideAsync(ids), cancellationToken);

    /// <inheritdoc/>
    public Task RetrySetAsideAsync(CancellationToken cancellationToken) =>
        _work.WriteAsync(static session => Inbox(session).RetryAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReplaySkippedAsync(CancellationToken cancellationToken) => CallAsync(batch => ReplayWrites.Replay(batch, [.. _leases.Keys]), cancellationToken);

    /// <inheritdoc/>
    public Task DeliverAsync(InboxEntry entry, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Inbox(session).DeliverAsync(entry), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(string roomId, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ReadInboxAsync(roomId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListInboxRoomsAsync(string owner, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ListInboxRoomsAsync(owner), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RegisterPermalinkAsync(PermalinkRow permalink, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Permalinks(session).RegisterAsync(permalink), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> UnregisterPermalinkAsync(string token, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Permalinks(session).UnregisterAsync(token), cancellationToken);

    /// <inheritdoc/>
    public Task<PermalinkRow?> FindPermalinkAsync(string token, CancellationToken cancellationToken) =>
        _work.ReadAsync(reads => reads.FindPermalinkAsync(token), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PermalinkRow>> ListWaitingPermalinksAsync(CancellationToken cancellationToken) =>
        await _work.ReadAsync(static reads => reads.ListWaitingPermalinksAsync(), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PermalinkEntry>> ListPermalinksAsync(long after, int limit, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ListPermalinksAsync(after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<PermalinkOutcome> UpdatePermalinkAsync(
        PermalinkRow permalink, RoomRegistration? registration, InboxEntry? notice, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => Permalinks(session).UpdateAsync(permalink, registration, notice), cancellationToken);

    /// <inheritdoc/>
    public Task NoteKeyAsync(KeyFinding finding, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new KeyWrites(session).NoteAsync(finding), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<KeyFinding>> ListKeysAsync(CancellationToken cancellationToken) =>
        await _work.ReadAsync(static reads => reads.Keys.ListAsync(), cancellationToken);

    /// <inheritdoc/>
    public Task ProbeAsync(CancellationToken cancellationToken) => CallAsync(
        static batch => batch.Run(
            "INSERT INTO probe (id, written_at) VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at"),
        cancellationToken);

    /// <summary>Writes what is queued, unless the database cannot be used, and lets others have what this replica held.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _closing.CancelAsync();
        var replica = _replica.DisposeAsync();
        await _work.CloseAsync(); // what is being asked after or repeated does not hold it up
        await replica;
        await _news.DisposeAsync();
        await _talk.DisposeAsync();
        await Writer.DisposeAsync();
        await _counting;
        await _keeping;
        await _tidying;
        await LetGoAsync();
        _duties.Dispose();
        _work.Dispose();
        _closing.Dispose();
        await _database.DisposeAsync();
    }

    private static InboxWrites Inbox(PostgresSession session) => new(session, new RoomWrites(session));

    private static PermalinkWrites Permalinks(PostgresSession session)
    {
        var rooms = new RoomWrites(session);
        return new PermalinkWrites(session, rooms, new InboxWrites(session, rooms));
    }

    private Task<T> CallAsync<T>(Func<PostgresBatch, T> run, CancellationToken cancellationToken)
    {
        var call = new CallOperation<T>(run);
        Writer.Write(call, cancellationToken);
        return call.Task;
    }

    /// <summary>
    /// What this replica adds and deletes it counts itself; what others do it learns by counting all, at most for a twentieth
    /// of the time; a quarter, as long as that fails. What it did while it counted is added: that can take a while.
    /// </summary>
    private async Task CountAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            var (begun, times) = (_time.GetTimestamp(), 20);
            try
            {
                var before = Depth;
                var counted = await _work.ReadAsync(reads => reads.CountOutboxAsync(_closing.Token), _closing.Token);
                lock (_depthGate)
                    _depth = new OutboxDepth(counted.Count + _depth.Count - before.Count, counted.Bytes + _depth.Bytes - before.Bytes);
            }
            catch (Exception exception) when (exception is OperationCanceledException or StoreException or ObjectDisposedException)
            {
                times = 3; // closed, or the database is away: then health says so
            }

            var pause = times * _time.GetElapsedTime(begun);
            await Task.Delay(pause > CountEvery ? pause : CountEvery, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells other replicas what a transaction changed that concerns them.</summary>
    private async Task TellAsync(PostgresSession session)
    {
        var topics = new List<string>();
        if (session.HasIntent || session.IsNewsForOthers)
            topics.Add(PostgresNews.Intent);
        if (session.HasPermalinks)
            topics.Add(PostgresNews.Permalinks);
        if (session.HasDuties)
            topics.Add(PostgresNews.Duties);
        if (session.HasKeys)
            topics.Add(PostgresNews.Keys);
        if (topics.Count > 0 && _news.Tell(topics) is var (channel, news))
            await session.ReadAsync(PostgresNews.Notify, static _ => true, channel, news);
    }

    private void Tell(PostgresBatch batch)
    {
        if (batch.HasIntent && _news.Tell([PostgresNews.Intent]) is var (channel, news))
            batch.Read(PostgresNews.Notify, static _ => true, channel, news);
    }

    private void OnCommitted(PostgresSession session)
    {
        if (session.HasIntent)
            Signals.Intent.Set();
        if (session.HasPermalinks)
            Signals.Permalinks.Set();
    }
}
