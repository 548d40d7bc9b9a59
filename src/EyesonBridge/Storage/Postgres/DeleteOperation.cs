using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>A delete of what was confirmed. Those of one batch are one statement.</summary>
internal sealed class DeleteOperation(OutboxRange[] ranges) : PostgresOperation(bytes: 0)
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override WriteHaste Haste => WriteHaste.Anytime;

    public override bool FreesSpace => true;

    public OutboxRange[] Ranges => ranges;

    /// <summary>Completes when it is on disk.</summary>
    public Task Task => _told.Task;

    protected override void TellResult() => _told.TrySetResult();

    protected override void TellException(Exception exception) => _told.TrySetException(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) => _told.TrySetCanceled(cancellationToken);
}
