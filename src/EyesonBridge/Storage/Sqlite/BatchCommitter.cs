using EyesonBridge.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>Makes a batch of writes one transaction.</summary>
/// <param name="context">The transaction.</param>
/// <param name="committed">Called after each commit, before the callers are told.</param>
/// <param name="logger">Logger.</param>
internal sealed class BatchCommitter(SqliteWriteContext context, Action<SqliteWriteContext> committed, ILogger logger)
{
    private readonly List<WriteOperation> _begun = [];
    private readonly BatchSteps _steps = new();
    private long _commits;

    /// <summary>Transactions committed so far.</summary>
    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>Runs what is not settled yet, in order, in one transaction; a write that is itself at fault fails alone.</summary>
    /// <param name="batch">The writes.</param>
    /// <param name="stalledSince">Since when earlier attempts have failed; null for the first.</param>
    /// <returns>Null when all is settled, else what is wrong with the database; the batch is as before then.</returns>
    public SqliteException? TryCommit(List<WriteOperation> batch, long? stalledSince)
    {
        _begun.Clear();
        foreach (var operation in batch)
        {
            if (operation.TryBegin())
                _begun.Add(operation);
        }

        // With nothing left to write, an attempt after others still has to prove that writing works again.
        var isJoined = true;
        while (_begun.Count > 0 || stalledSince is not null)
        {
            WriteOperation? current = null;
            try
            {
                context.Begin();
                if (stalledSince is { } since)
                {
                    context.ProlongLeases(since);
                    context.Appends.Probe();
                }

                foreach (var step in _steps.Of(_begun, isJoined))
                {
                    current = step;
                    ((SqliteOperation)step).Run(context);
                }

                current = null;
                context.Commit();
            }
            catch (SqliteException exception) when (SqliteProblem.IsOfTheStore(exception))
            {
                context.RollBack();
                foreach (var operation in _begun)
                    operation.Pause();
                return exception;
            }
            catch (Exception) when (current is { HasJoined: true })
            {
                // The fault of one of several: it shows when each runs by itself.
                context.RollBack();
                isJoined = false;
                continue;
            }
            catch (Exception exception) when (current is not null)
            {
                // The fault of one write: the others begin again without it.
                context.RollBack();
                _begun.Remove(current);
                StorageLog.WriteFailed(logger, exception);
                current.Fail(exception);
                continue;
            }

            Interlocked.Increment(ref _commits);
            committed(context);
            foreach (var operation in _begun)
                operation.Complete();
            break;
        }

        return null;
    }
}
