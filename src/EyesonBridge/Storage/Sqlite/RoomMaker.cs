using EyesonBridge.Storage.Writing;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>On a full disk: makes what makes room, before anything else is written.</summary>
/// <param name="context">The connection.</param>
/// <param name="committer">Makes transactions.</param>
/// <param name="space">The room on the disk.</param>
internal sealed class RoomMaker(SqliteWriteContext context, BatchCommitter committer, StoreSpace space)
{
    private readonly List<WriteOperation> _making = [];

    /// <summary>
    /// Reuses the log from its begin if it can, and writes what frees space; with the reserve, and in small parts, when it
    /// cannot be done otherwise.
    /// </summary>
    public void MakeRoom(List<WriteOperation> batch)
    {
        _making.Clear();
        _making.AddRange(batch.Where(operation => operation.FreesSpace && !operation.IsSettled));
        space.NoteFull(context.Database);
        Checkpoint("PASSIVE");
        var isShort = committer.TryCommit(_making, stalledSince: null) is { } problem && SqliteProblem.IsDiskFull(problem);
        if (isShort)
        {
            space.Release(context.Database);
            Checkpoint("TRUNCATE");
            if (TryInParts())
                committer.TryCommit(_making, stalledSince: null);
        }

        if (isShort || space.IsFull)
            Checkpoint("TRUNCATE"); // what the log took, now or while somebody read for long, is free again: the reserve comes from that
        space.Look(context.Database);
    }

    private bool TryInParts()
    {
        foreach (var part in _making.OfType<DeleteOperation>().SelectMany(static delete => delete.InParts()))
        {
            if (committer.TryCommit([part], stalledSince: null) is not null)
                return false;
            Checkpoint("PASSIVE");
        }

        return true;
    }

    private void Checkpoint(string mode)
    {
        try
        {
            SqliteStatement.Execute(context.Database, $"PRAGMA wal_checkpoint({mode})");
        }
        catch (SqliteException)
        {
            // It was worth a try: the disk may be too full even for this.
        }
    }
}
