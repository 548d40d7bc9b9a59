using EyesonBridge.Pacing;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>
/// Transactions beside the writer's, and reads: few at a time, on connections of the pool. A transaction that the database
/// cannot take is repeated until it does; a read is tried again for some seconds.
/// </summary>
/// <param name="database">Where to.</param>
/// <param name="health">Told how it goes.</param>
/// <param name="committing">Called before each commit, for what belongs to the transaction.</param>
/// <param name="committed">Called after each commit.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class PostgresWork(
    PostgresDatabase database, PostgresHealth health, Func<PostgresSession, Task> committing, Action<PostgresSession> committed, TimeProvider time) : IDisposable
{
    private const int AtOnce = 4;

    private static readonly TimeSpan RetryWithin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadFor = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _free = new(AtOnce, AtOnce);
    private readonly SemaphoreSlim _freeToRead = new(AtOnce, AtOnce); // of their own: reads fail after a while, writes wait
    private readonly CancellationTokenSource _closing = new();

    /// <summary>Makes a transaction.</summary>
    /// <param name="work">Its statements. They run again when it has to be repeated.</param>
    /// <param name="cancellationToken">Gives up, unless it is being made.</param>
    public async Task<T> WriteAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await WaitAsync(_free.WaitAsync(ending.Token), cancellationToken);
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(PostgresStore));
                try
                {
                    var (result, session) = await TryWriteAsync(work, cancellationToken);
                    health.OthersGoOn();
                    committed(session);
                    return result;
                }
                catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception))
                {
                    database.Note(exception);
                    if (!PostgresProblem.IsConflict(exception))
                        health.OthersFail(exception);
                    var longest = RetryWithin * (1 << Math.Min(attempt, 5));
                    await WaitAsync(Task.Delay(Jitter.Within(longest < LongestRetry ? longest : LongestRetry), time, ending.Token), cancellationToken);
                }
            }
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Reads.</summary>
    /// <exception cref="StoreException">The database cannot be used.</exception>
    public async Task<T> ReadAsync<T>(Func<PostgresReads, Task<T>> read, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(PostgresStore));
        var begun = time.GetTimestamp();
        await _freeToRead.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    await using var connection = await database.ConnectAsync(cancellationToken);
                    return await read(new PostgresReads(new PostgresSession(connection)));
                }
                catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) || exception is PostgresException)
                {
                    database.Note(exception);
                    if (!PostgresProblem.IsOfTheStore(exception) || time.GetElapsedTime(begun) > ReadFor)
                        throw new StoreException(PostgresProblem.Describe(exception, database.Place), exception);
                }

                await Task.Delay(Jitter.Within(RetryWithin), time, cancellationToken);
            }
        }
        finally
        {
            _freeToRead.Release();
        }
    }

    /// <summary>Makes statements, or fails at once, beside all others.</summary>
    public async Task<T> TryAsync<T>(Func<PostgresSession, Task<T>> run, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        return await run(new PostgresSession(connection));
    }

    /// <summary>Gives up what is being repeated.</summary>
    public Task CloseAsync() => _closing.CancelAsync();

    public void Dispose()
    {
        _closing.Dispose();
        _free.Dispose();
        _freeToRead.Dispose();
    }

    private static async Task WaitAsync(Task wait, CancellationToken cancellationToken)
    {
        try
        {
            await wait;
        }
        catch (OperationCanceledException closed) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException("The store is closed.", closed);
        }
    }

    private async Task<(T Result, PostgresSession Session)> TryWriteAsync<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        var session = new PostgresSession(connection);
        var result = await work(session);
        await committing(session);
        var mark = Guid.NewGuid();
        var id = await session.FindAsync(CommitMarks.Leave, static row => row.GetString(0), mark);
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception lost) when (id is not null && PostgresProblem.IsOfTheConnection(lost))
        {
            health.OthersFail(lost);
            if (!await HasCommittedAsync(id, mark))
                throw;
        }

        return (result, session);
    }

    /// <summary>The answer to a commit was lost: the database is asked, until it tells, what became of it.</summary>
    private async Task<bool> HasCommittedAsync(string transactionId, Guid mark)
    {
        while (true)
        {
            try
            {
                await using var connection = await database.ConnectAsync(_closing.Token);
                var session = new PostgresSession(connection);
                var answer = await session.FindAsync(CommitMarks.Status, static row => row.TextOrNull(0) ?? "", transactionId);
                if (answer is not "in progress")
                    return answer is "committed" && await session.ExistsAsync(CommitMarks.IsLeft, mark);
            }
            catch (PostgresException exception) when (CommitMarks.IsUnknown(exception))
            {
                return false;
            }
            catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception))
            {
                health.OthersFail(exception);
            }

            await Task.Delay(LongestRetry, time, _closing.Token);
        }
    }
}
