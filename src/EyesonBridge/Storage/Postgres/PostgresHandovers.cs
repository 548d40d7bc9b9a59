namespace EyesonBridge.Storage.Postgres;

/// <summary>Handovers between the replicas of a database.</summary>
internal sealed class PostgresHandovers(PostgresWork work, Replica replica) : IRoomHandovers
{
    /// <inheritdoc/>
    public Task LeaveAsync(string owner, CancellationToken cancellationToken) => WriteAsync(writes => writes.LeaveAsync(owner), cancellationToken);

    /// <inheritdoc/>
    public Task OfferAsync(string owner, IReadOnlyList<string> roomIds, CancellationToken cancellationToken) =>
        WriteAsync(writes => writes.OfferAsync(owner, roomIds), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OfferedRoom>> AcceptAsync(string successor, int limit, CancellationToken cancellationToken) =>
        await WriteAsync(writes => writes.AcceptAsync(successor, limit), cancellationToken);

    /// <inheritdoc/>
    public Task NoteReadyAsync(string successor, IReadOnlyList<string> roomIds, CancellationToken cancellationToken) =>
        WriteAsync(writes => writes.NoteReadyAsync(successor, roomIds), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListReadyAsync(string owner, CancellationToken cancellationToken) =>
        await work.ReadAsync(reads => reads.Handovers.ListReadyAsync(owner), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> HandOverAsync(string owner, IReadOnlyList<GivenRoom> rooms, CancellationToken cancellationToken) =>
        replica.HandOverAsync(owner, rooms, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<HandedRoom>> TakeAsync(string successor, CancellationToken cancellationToken) =>
        replica.TakeHandedAsync(successor, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListAcceptedAsync(string successor, CancellationToken cancellationToken) =>
        await work.ReadAsync(reads => reads.Handovers.ListAcceptedAsync(successor), cancellationToken);

    /// <inheritdoc/>
    public Task WithdrawAsync(string replica, IReadOnlyList<string> roomIds, CancellationToken cancellationToken) =>
        WriteAsync(writes => writes.WithdrawAsync(replica, roomIds), cancellationToken);

    private Task<T> WriteAsync<T>(Func<HandoverWrites, Task<T>> write, CancellationToken cancellationToken) =>
        work.WriteAsync(session => write(new HandoverWrites(session)), cancellationToken);
}
