using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>An append. Those of one room that stand in one batch can be joined: the room's row is then updated once.</summary>
internal sealed class AppendOperation(RoomAppend append, IAppendReceiver receiver, long bytes) : SqliteOperation(bytes)
{
    private AppendOutcome _outcome;
    private AppendOperation? _joined;
    private AppendOperation _last = null!;

    public override WriteHaste Haste => WriteHaste.Soon;

    public string RoomId => append.RoomId;

    /// <summary>True when it only goes on with an observation.</summary>
    public bool IsPlain => append is { Closure: AppendClosure.None, TakenUp.Count: 0 };

    public override bool HasJoined => _joined is not null;

    public override void StandAlone()
    {
        _joined = null;
        _last = this;
    }

    /// <summary>Lets <paramref name="next"/> run with this one, if it goes on where this one and those joined to it end.</summary>
    public bool TryJoin(AppendOperation next)
    {
        if (!_last.IsFollowedBy(next))
            return false;

        _last._joined = next;
        _last = next;
        return true;
    }

    public override void Run(SqliteWriteContext context)
    {
        if (_joined is null)
        {
            _outcome = context.Appends.Append(append);
            return;
        }

        var appends = context.JoinedAppends;
        appends.Clear();
        for (var one = this; one is not null; one = one._joined)
            appends.Add(one.Append);
        var outcome = context.Appends.Append(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(appends));
        appends.Clear();
        for (var one = this; one is not null; one = one._joined)
            one._outcome = outcome;
    }

    protected override void TellResult() => receiver.Told(_outcome);

    protected override void TellException(Exception exception) => receiver.Failed(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) =>
        receiver.Failed(new OperationCanceledException(cancellationToken));

    private RoomAppend Append => append;

    private bool IsFollowedBy(AppendOperation next) =>
        next.Append.FromSequence == append.FromSequence + append.Events.Count
        && next.Append.Epoch == append.Epoch
        && next.Append.Status == append.Status
        && string.Equals(next.Append.Owner, append.Owner, StringComparison.Ordinal);
}
