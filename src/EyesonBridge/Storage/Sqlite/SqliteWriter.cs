using EyesonBridge.Storage.Writing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// The one writer. A thread of its own takes what waits in the queue, makes it one transaction, and tells the callers
/// after the commit: under load many writes share the cost of one flush to the disk.
/// </summary>
/// <remarks>A batch that the database refuses as a whole is kept and repeated; a write that is itself at fault fails alone.</remarks>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxOperations = 512;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly SqliteConnection _connection;
    private readonly SqliteWriteContext _context;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly BatchCommitter _committer;
    private readonly StoreSpace _space;
    private readonly FilesInPlace _files;
    private readonly RoomMaker _roomMaker;
    private readonly WriteQueue _queue = new();
    private readonly List<WriteOperation> _portion = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private static SqliteException DiskFull => new("database or disk is full", raw.SQLITE_FULL);

    private volatile StoreHealth _health = StoreHealth.Healthy;
    private int _disposed;

    /// <summary>Starts the writer on a connection, which it closes in the end.</summary>
    /// <param name="connection">Open, with all its settings made.</param>
    /// <param name="path">Path of the database, for messages.</param>
    /// <param name="space">The room that it has.</param>
    /// <param name="files">Whether the database's files are where they were.</param>
    /// <param name="committed">Called after each commit, before the callers are told.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
    /// <param name="logger">Logger.</param>
    public SqliteWriter(
        SqliteConnection connection,
        string path,
        StoreSpace space,
        FilesInPlace files,
        Action<SqliteWriteContext> committed,
        TimeProvider time,
        ILogger logger)
    {
        _connection = connection;
        _context = new SqliteWriteContext(connection);
        _path = path;
        _committer = new BatchCommitter(_context, committed, logger);
        _space = space;
        _files = files;
        _roomMaker = new RoomMaker(_context, _committer, space);
        _time = time;
        _logger = logger;
        new Thread(Work) { IsBackground = true, Name = "Store writer" }.Start();
    }

    /// <inheritdoc cref="IBridgeStore.Health"/>
    public StoreHealth Health => _health;

    /// <summary>Transactions committed so far.</summary>
    public long Commits => _committer.Commits;

    /// <summary>What the writes carry that are not settled yet, roughly.</summary>
    public long BytesUnderWay => _queue.BytesUnderWay;

    /// <summary>Queues a write; the order of calls is the order of writes.</summary>
    /// <param name="run">The write. It runs again when its transaction has to be repeated.</param>
    /// <param name="bytes">What it carries, roughly.</param>
    /// <param name="freesSpace">True when it makes room in the database.</param>
    /// <param name="cancellationToken">Gives up the write, when it has not begun.</param>
    public Task<T> WriteAsync<T>(Func<SqliteWriteContext, T> run, long bytes, bool freesSpace, CancellationToken cancellationToken)
    {
        var operation = new WriteOperation<T>(run, bytes, freesSpace);
        Write(operation, cancellationToken);
        return operation.Task;
    }

    /// <summary>Queues a write; the order of calls is the order of writes.</summary>
    /// <param name="operation">The write. It runs again when its transaction has to be repeated.</param>
    /// <param name="cancellationToken">Gives up the write, when it has not begun.</param>
    public void Write(WriteOperation operation, CancellationToken cancellationToken)
    {
        operation.Enter(_queue, cancellationToken);
        if (!operation.IsSettled && !_queue.TryAdd(operation))
            operation.Fail(new ObjectDisposedException(nameof(SqliteStore)));
    }

    /// <summary>Writes what is queued, unless the database refuses it, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _queue.Close();
            await _stopping.CancelAsync();
        }

        await _ended.Task;
        _stopping.Dispose();
    }

    private void Work()
    {
        var batch = new List<WriteOperation>(MaxOperations);
        while (_queue.Take(batch, MaxOperations, _space.BatchBytes))
        {
            try
            {
                Write(batch);
            }
            catch (Exception exception)
            {
                // Never without an answer to the callers, and never without a writer.
                StorageLog.WriteFailed(_logger, exception);
                _context.RollBack();
                foreach (var operation in batch)
                    operation.Fail(exception);
            }

            batch.Clear();
        }

        Close();
    }

    private void Write(List<WriteOperation> batch)
    {
        var since = _context.ReadClock();
        _space.LookIfDue(_context.Database);
        if ((_files.LookIfDue(_context.Database) ?? (_space.IsFull ? DiskFull : _committer.TryCommit(batch, stalledSince: null))) is { } problem)
            WriteDespite(problem, batch, since);
        else if (!_health.IsWritable)
            BeWell(); // the batch before failed with something else
    }

    /// <summary>Goes on until all of the batch is written: in smaller and smaller portions, as there may be room for some.</summary>
    private void WriteDespite(SqliteException problem, List<WriteOperation> batch, long since)
    {
        var delay = FirstDelay;
        long? stalledSince = since;
        var most = batch.Count;
        while (true)
        {
            BeTroubled(problem);
            if (_stopping.IsCancellationRequested)
            {
                Abandon(batch);
                return;
            }

            Pause(delay);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            if (SqliteProblem.IsDiskFull(problem))
            {
                _queue.TakeThoseThatFreeSpace(batch);
                _roomMaker.MakeRoom(batch);
            }

            if (_files.LookIfDue(_context.Database) is { } moved)
            {
                problem = moved;
                continue;
            }

            if (_space.IsFull)
                continue;

            SqliteException? failed;
            do
            {
                TakePortion(batch, most);
                failed = _committer.TryCommit(_portion, stalledSince);
                if (failed is null)
                    (stalledSince, most) = (null, most * 2);
            }
            while (failed is null && _portion.Count < batch.Count);

            if (failed is null)
                break;
            problem = failed;
            if (SqliteProblem.IsDiskFull(problem))
                most = Math.Max(1, Math.Min(most, _portion.Count) / 2);
        }

        BeWell();
    }

    /// <summary>The next of those that are still to be written.</summary>
    private void TakePortion(List<WriteOperation> batch, int most)
    {
        batch.RemoveAll(static operation => operation.IsSettled);
        _portion.Clear();
        _portion.AddRange(batch.Take(most));
    }

    private void BeTroubled(SqliteException problem)
    {
        var isNew = _health.IsWritable;
        var words = SqliteProblem.Describe(problem, _path);
        _health = new StoreHealth(IsWritable: false, words);
        if (isNew)
            StorageLog.WritesBegunToFail(_logger, words);
    }

    private void BeWell()
    {
        _health = StoreHealth.Healthy;
        StorageLog.WritesGoThroughAgain(_logger);
    }

    private void Pause(TimeSpan delay)
    {
        try
        {
            Task.Delay(delay, _time, _stopping.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Closing: one more attempt, now.
        }
    }

    /// <summary>Closing while the database cannot be written: callers that still wait are told so.</summary>
    private void Abandon(List<WriteOperation> batch)
    {
        var count = 0;
        var problem = _health.Problem ?? "";
        do
        {
            foreach (var operation in batch)
                operation.Fail(new StoreException($"The store was closed before this write could be made. {problem}"));
            count += batch.Count;
            batch.Clear();
        }
        while (_queue.Take(batch, MaxOperations, _space.BatchBytes));

        StorageLog.WritesAbandoned(_logger, count, problem);
    }

    private void Close()
    {
        try
        {
            _context.Dispose();
            using (_connection)
                SqliteStatement.Execute(_connection.Handle!, "PRAGMA wal_checkpoint(TRUNCATE)");
            _space.TakeWhatIsFree();
        }
        catch (SqliteException exception)
        {
            StorageLog.CheckpointFailed(_logger, SqliteProblem.Describe(exception, _path));
        }
        finally
        {
            _queue.Dispose();
            _ended.SetResult();
        }
    }
}
