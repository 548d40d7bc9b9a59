using EyesonBridge.Storage.Writing;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>
/// The one writer of what observers append and the dispatcher deletes. A thread of its own takes what waits in the queue,
/// makes it one transaction, and tells the callers after the commit: many writes share the cost of one.
/// </summary>
/// <remarks>A batch that the database cannot take is kept and repeated; a write that is itself at fault fails alone.</remarks>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private const int MaxOperations = 512;
    private const long MaxBytes = 8 * 1024 * 1024;

    private const int MostAsksWhileClosing = 50;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private readonly PostgresDatabase _database;
    private readonly Action<PostgresBatch> _committed;
    private readonly Action<PostgresBatch> _committing;
    private readonly Func<PostgresBatch, int> _prolongLeases;
    private readonly PostgresHealth _health;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly WriteQueue _queue = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private NpgsqlConnection? _connection;
    private int _disposed;

    /// <summary>Starts the writer.</summary>
    /// <param name="database">Where to.</param>
    /// <param name="committed">Called after each commit, before the callers are told.</param>
    /// <param name="committing">Called before each commit, for what belongs to the transaction.</param>
    /// <param name="prolongLeases">Called in the first transaction after failed ones: what this replica holds, and nobody has taken, it still holds.</param>
    /// <param name="health">Told how it goes.</param>
    /// <param name="time">Clock of the pauses between attempts.</param>
    /// <param name="logger">Logger.</param>
    public PostgresWriter(
        PostgresDatabase database,
        Action<PostgresBatch> committed,
        Action<PostgresBatch> committing,
        Func<PostgresBatch, int> prolongLeases,
        PostgresHealth health,
        TimeProvider time,
        ILogger logger)
    {
        _database = database;
        _committed = committed;
        _committing = committing;
        _prolongLeases = prolongLeases;
        _health = health;
        _time = time;
        _logger = logger;
        new Thread(Work) { IsBackground = true, Name = "Store writer" }.Start();
    }

    /// <summary>What the writes carry that are not settled yet, roughly.</summary>
    public long BytesUnderWay => _queue.BytesUnderWay;

    /// <summary>Queues a write; the order of calls is the order of writes.</summary>
    /// <param name="operation">The write. It runs again when its transaction has to be repeated.</param>
    /// <param name="cancellationToken">Gives up the write, when it has not begun.</param>
    public void Write(PostgresOperation operation, CancellationToken cancellationToken)
    {
        operation.Enter(_queue, cancellationToken);
        if (!operation.IsSettled && !_queue.TryAdd(operation))
            operation.Fail(new ObjectDisposedException(nameof(PostgresStore)));
    }

    /// <summary>Writes what is queued, unless the database cannot be used.</summary>
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
        while (_queue.Take(batch, MaxOperations, MaxBytes))
        {
            try
            {
                WriteAll(batch);
            }
            catch (Exception exception)
            {
                // Never without an answer to the callers, and never without a writer.
                StorageLog.WriteFailed(_logger, exception);
                LetGo();
                foreach (var operation in batch)
                    operation.Fail(exception);
            }

            batch.Clear();
        }

        LetGo();
        _queue.Dispose();
        _ended.SetResult();
    }

    private void WriteAll(List<WriteOperation> batch)
    {
        var delay = FirstDelay;
        var isRepeated = false;
        while (true)
        {
            var begun = batch.Where(static operation => operation.TryBegin()).Cast<PostgresOperation>().ToList();
            if (begun.Count == 0)
                return;

            if (TryWrite(begun, isRepeated) is not { } problem)
            {
                if (isRepeated)
                    _health.WriterGoesOn();
                return;
            }

            foreach (var operation in begun)
                operation.Pause();
            isRepeated = true;
            if (!PostgresProblem.IsConflict(problem))
                _health.WriterFails(problem);
            if (_stopping.IsCancellationRequested)
            {
                Abandon(batch);
                return;
            }

            Pause(delay);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <returns>Null when all is settled, else what is wrong with the database.</returns>
    private Exception? TryWrite(List<PostgresOperation> begun, bool isRepeated)
    {
        try
        {
            Commit(begun, isRepeated);
            return null;
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception))
        {
            LetGo();
            _database.Note(exception);
            return exception;
        }
        catch (Exception exception) when (begun.Count == 1)
        {
            LetGo();
            StorageLog.WriteFailed(_logger, exception);
            begun[0].Fail(exception);
            return null;
        }
        catch (Exception) when (begun.Count > 1)
        {
            LetGo(); // the fault of one of several: it shows when each runs by itself
        }

        foreach (var operation in begun)
        {
            if (TryWrite([operation], isRepeated) is { } problem)
                return problem;
        }

        return null;
    }

    private void Commit(List<PostgresOperation> begun, bool isRepeated)
    {
        var connection = _connection ??= _database.Connect();
        using var batch = new PostgresBatch(connection);
        if (isRepeated)
            _prolongLeases(batch);
        Run(batch, begun);
        _committing(batch);
        batch.Sign(isToBeMarked: begun.Exists(static operation => operation is AppendOperation));
        try
        {
            batch.Commit();
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheConnection(exception) && batch.TransactionId is not null)
        {
            LetGo();
            if (!HasCommitted(batch, exception))
                throw;
        }

        _committed(batch);
        foreach (var operation in begun)
            operation.Complete();
    }

    /// <summary>The answer to a commit was lost: the database is asked, until it tells, what became of it.</summary>
    private bool HasCommitted(PostgresBatch batch, Exception lost)
    {
        _health.WriterFails(lost);
        for (var whileClosing = 0; whileClosing < MostAsksWhileClosing;)
        {
            try
            {
                using var connection = _database.Connect();
                if (batch.HasCommitted(connection) is { } answer)
                {
                    _health.WriterGoesOn();
                    return answer;
                }
            }
            catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) && !_stopping.IsCancellationRequested)
            {
                _health.WriterFails(exception);
            }

            if (_stopping.IsCancellationRequested)
                whileClosing++;
            Pause(_stopping.IsCancellationRequested ? FirstDelay : LongestDelay, evenWhileClosing: true);
        }

        throw new NpgsqlException("It could not be found out in time whether the last commit was made.", lost);
    }

    /// <summary>Runs writes in order. Appends of different rooms that only go on are one statement, and so are deletes.</summary>
    private static void Run(PostgresBatch batch, List<PostgresOperation> operations)
    {
        var steps = new List<AppendStep>();
        var ofRoom = new Dictionary<string, AppendStep>(StringComparer.Ordinal);
        var ranges = new List<OutboxRange>();
        long? now = null;
        foreach (var operation in operations)
        {
            switch (operation)
            {
                case DeleteOperation delete:
                    ranges.AddRange(delete.Ranges); // touches no room
                    break;
                case AppendOperation { IsPlain: true } append:
                    if (ofRoom.TryGetValue(append.Append.RoomId, out var step) && step.TryJoin(append))
                        break;
                    if (step is not null)
                        RunSteps();
                    steps.Add(ofRoom[append.Append.RoomId] = new AppendStep(append));
                    break;
                case AppendOperation append:
                    RunSteps();
                    append.Outcome = AppendWrites.Append(batch, append.Append, now ??= AppendWrites.Now(batch));
                    break;
                case CallOperation call:
                    RunSteps();
                    call.Run(batch);
                    break;
            }
        }

        RunSteps();
        if (ranges.Count > 0)
            AppendWrites.DeleteRanges(batch, ranges);

        void RunSteps()
        {
            if (steps.Count > 0)
                AppendWrites.Append(batch, steps, now ??= AppendWrites.Now(batch));
            steps.Clear();
            ofRoom.Clear();
        }
    }

    private void LetGo()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            // It is gone, and that was the aim.
        }

        _connection = null;
    }

    private void Pause(TimeSpan delay, bool evenWhileClosing = false)
    {
        try
        {
            Task.Delay(delay, _time, evenWhileClosing && _stopping.IsCancellationRequested ? CancellationToken.None : _stopping.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Closing: one more attempt, now.
        }
    }

    /// <summary>Closing while the database cannot be used: callers that still wait are told so.</summary>
    private void Abandon(List<WriteOperation> batch)
    {
        var count = 0;
        var problem = _health.Current.Problem ?? "";
        do
        {
            foreach (var operation in batch)
                operation.Fail(new StoreException($"The store was closed before this write could be made. {problem}"));
            count += batch.Count;
            batch.Clear();
        }
        while (_queue.Take(batch, MaxOperations, MaxBytes));

        StorageLog.WritesAbandoned(_logger, count, problem);
    }
}
