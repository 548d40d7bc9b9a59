using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>A write of any kind.</summary>
internal sealed class WriteOperation<T>(Func<SqliteWriteContext, T> run, long bytes, bool freesSpace) : SqliteOperation(bytes)
{
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public override WriteHaste Haste => WriteHaste.AtOnce;

    public override bool FreesSpace => freesSpace;

    /// <summary>Completes when the write is on disk.</summary>
    public Task<T> Task => _told.Task;

    public override void Run(SqliteWriteContext context) => _result = run(context);

    protected override void TellResult() => _told.TrySetResult(_result);

    protected override void TellException(Exception exception) => _told.TrySetException(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) => _told.TrySetCanceled(cancellationToken);
}
