namespace EyesonBridge.Storage.Postgres;

/// <summary>Something to be done in turn with the appends, with a result.</summary>
internal sealed class CallOperation<T>(Func<PostgresBatch, T> run) : CallOperation
{
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>Completes when the transaction is committed.</summary>
    public Task<T> Task => _told.Task;

    public override void Run(PostgresBatch batch) => _result = run(batch);

    protected override void TellResult() => _told.TrySetResult(_result);

    protected override void TellException(Exception exception) => _told.TrySetException(exception);

    protected override void TellCancelled(CancellationToken cancellationToken) => _told.TrySetCanceled(cancellationToken);
}
