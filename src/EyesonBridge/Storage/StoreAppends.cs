namespace EyesonBridge.Storage;

/// <summary>Appends for those who wait for each, and make few.</summary>
internal static class StoreAppends
{
    /// <summary>Appends; completes when the append is settled. Cancelling gives it up, when it has not begun.</summary>
    public static Task<AppendOutcome> AppendAsync(this IBridgeStore store, RoomAppend append, CancellationToken cancellationToken)
    {
        var receiver = new Receiver();
        store.Append(append, receiver, cancellationToken);
        return receiver.Task;
    }

    private sealed class Receiver() : TaskCompletionSource<AppendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously), IAppendReceiver
    {
        public void Told(AppendOutcome outcome) => SetResult(outcome);

        public void Failed(Exception exception)
        {
            if (exception is OperationCanceledException cancelled)
                SetCanceled(cancelled.CancellationToken);
            else
                SetException(exception);
        }
    }
}
