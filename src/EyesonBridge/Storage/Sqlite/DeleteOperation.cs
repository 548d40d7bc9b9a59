using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>A delete of what was confirmed. Those that stand in one batch run together.</summary>
internal sealed class DeleteOperation(OutboxRange[] ranges) : SqliteOperation(bytes: 0)
{
    private const int Part = 32;

    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DeleteOperation? _joined;

    public override WriteHaste Haste => WriteHaste.Anytime;

    public override bool FreesSpace => true;

    /// <summary>Completes when it is on disk.</summary>
    public Task Task => _told.Task;

    public override bool HasJoined => _joined is not null;

    public override void StandAlone() => _joined = null;

    /// <summary>Lets <paramref name="other"/>, and what is joined to this one already, run with this one.</summary>
    public void Join(DeleteOperation other)
    {
        other._joined = _joined;
        _joined = other;
    }

    /// <summary>The same in small parts, for a disk that has no room for the whole. What they leave the whole finds done.</summary>
    public IEnumerable<DeleteOperation> InParts()
    {
        foreach (var range in ranges)
        {
            for (var first = range.FirstId; first <= range.LastId; first += Part)
                yield return new DeleteOperation([new OutboxRange(first, Math.Min(first + Part - 1, range.LastId), Bytes: 0)]);
        }
    }

    public override void Run(SqliteWriteContext context)
    {
        var all = context.ConfirmedRanges;
        all.Clear();
        for (var one = this; one is not null; one = one._joined)
            all.AddRange(one.Ranges);
        all.Sort(static (one, other) => one.FirstId.CompareTo(other.FirstId));

        var current = all[0];
        for (var index = 1; index < all.Count; index++)
        {
            var next = all[index];
            if (next.FirstId == current.LastId + 1 && current.Bytes > 0 && next.Bytes > 0)
            {
                current = new OutboxRange(current.FirstId, next.LastId, current.Bytes + next.Bytes);
                continue;
            }

            context.Appends.Delete(current);
            current = next;
        }

        context.Appends.Delete(current);
    }

    protected override void TellResult() => _told.TrySetResult();

    protected override void TellException(Exception exception) => _told.TrySetException(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) => _told.TrySetCanceled(cancellationToken);

    private OutboxRange[] Ranges => ranges;
}
