using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>An append.</summary>
internal sealed class AppendOperation(RoomAppend append, IAppendReceiver receiver, long bytes) : PostgresOperation(bytes)
{
    public override WriteHaste Haste => WriteHaste.Soon;

    public RoomAppend Append => append;

    /// <summary>True when it only goes on with an observation: those of many rooms are one statement.</summary>
    public bool IsPlain => append is { Closure: AppendClosure.None, TakenUp.Count: 0 };

    /// <summary>What became of it, if its transaction commits.</summary>
    public AppendOutcome Outcome { get; set; }

    /// <summary>True when <paramref name="next"/> goes on where this one ends, so that the room's row is written once for both.</summary>
    public bool IsFollowedBy(AppendOperation next) =>
        next.Append.FromSequence == append.FromSequence + append.Events.Count
        && next.Append.Epoch == append.Epoch
        && next.Append.Status == append.Status
        && string.Equals(next.Append.Owner, append.Owner, StringComparison.Ordinal);

    protected override void TellResult() => receiver.Told(Outcome);

    protected override void TellException(Exception exception) => receiver.Failed(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) =>
        receiver.Failed(new OperationCanceledException(cancellationToken));
}
