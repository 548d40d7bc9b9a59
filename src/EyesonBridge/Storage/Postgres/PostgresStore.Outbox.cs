namespace EyesonBridge.Storage.Postgres;

/// <content>What is appended, and what waits to be published.</content>
internal sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public void Append(RoomAppend append, IAppendReceiver receiver, CancellationToken cancellationToken)
    {
        var bytes = AppendItself + (append.State?.Length ?? 0) + (append.Positions?.Length ?? 0);
        for (var index = 0; index < append.Events.Count; index++)
            bytes += append.Events[index].Payload.Length;
        Writer.Write(new AppendOperation(append, receiver, bytes), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ReadOutboxAsync(afterId, maxCount, maxBytes), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>Positions say nothing over rooms here, and are found by room: where to go on is in <paramref name="rooms"/>.</remarks>
    public async Task<OutboxPage> ReadOutboxOfAsync(
        Dictionary<string, SpilledRoom> rooms, long readTo, int maxCount, long maxBytes, CancellationToken cancellationToken)
    {
        var entries = await _work.ReadAsync(reads => reads.ReadOutboxOfAsync(rooms, maxCount, maxBytes), cancellationToken);
        return new OutboxPage(entries, readTo, IsLast: entries.Count == 0);
    }

    /// <inheritdoc/>
    public Task<long> HandOverAsync(IOutboxReceiver receiver, CancellationToken cancellationToken) => CallAsync(
        batch =>
        {
            _receiver = receiver; // on the writer's thread: no commit falls between
            return batch.Read("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM outbox_ids", static row => row.GetInt64(0)).Single();
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task DeleteOutboxAsync(IReadOnlyList<OutboxRange> ranges, CancellationToken cancellationToken)
    {
        if (ranges.Count == 0)
            return Task.CompletedTask;

        var delete = new DeleteOperation([.. ranges]);
        Writer.Write(delete, cancellationToken);
        return delete.Task;
    }

    /// <inheritdoc/>
    public Task<OutboxRepairs> ReadRepairsAsync(IReadOnlyList<long> entries, CancellationToken cancellationToken) =>
        _work.ReadAsync(reads => reads.ReadRepairsAsync(entries), cancellationToken);

    private void OnCommitted(PostgresBatch batch)
    {
        lock (_depthGate)
            _depth = new OutboxDepth(_depth.Count + batch.EntriesAdded, _depth.Bytes + batch.BytesAdded);
        if (batch.Appended.Count > 0)
            _receiver?.Committed(batch.Appended);
        if (batch.HasIntent)
            Signals.Intent.Set();
    }
}
