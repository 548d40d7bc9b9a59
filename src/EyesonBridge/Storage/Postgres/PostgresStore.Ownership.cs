using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <content>What this replica owns among the others.</content>
internal sealed partial class PostgresStore
{
    /// <inheritdoc/>
    public async Task BeginLeaseAsync(string owner, CancellationToken cancellationToken)
    {
        _leases[owner] = Lease.Duration;
        await _replica.BeginAsync(owner, cancellationToken);
        _talk.Begin(owner);
        _news.Begin();
        _counting = Task.Run(CountAsync, CancellationToken.None);
        _keeping = Task.Run(() => _duties.RunAsync(owner, _closing.Token), CancellationToken.None);
        _tidying = Task.Run(() => TidyAsync(owner), CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<ReplicaShare?> ReadShareAsync(string owner, CancellationToken cancellationToken) =>
        await _work.ReadAsync(reads => reads.ReadShareAsync(owner), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RoomRow>> ClaimRoomsAsync(string owner, TimeSpan lease, int limit, CancellationToken cancellationToken)
    {
        _leases[owner] = lease;
        return _replica.ClaimAsync(owner, lease, limit, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HeldRoom>> RenewLeasesAsync(string owner, TimeSpan lease, CancellationToken cancellationToken)
    {
        _leases[owner] = lease;
        await _work.WriteAsync(
            async session =>
            {
                await new OwnershipWrites(session).ForgetMarksAsync();
                return await new RoomWrites(session).RenewAsync(owner, lease);
            },
            cancellationToken);
        return await _work.ReadAsync(reads => reads.ListHeldRoomsAsync(owner), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ReleaseRoomAsync(string roomId, string owner, long epoch, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new RoomWrites(session).ReleaseAsync(roomId, owner, epoch), cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReleaseRoomsAsync(string owner, CancellationToken cancellationToken) =>
        _work.WriteAsync(session => new RoomWrites(session).ReleaseAllAsync(owner), cancellationToken);

    private Task<List<(string RoomId, bool IsPublishedHere)>> ListHeldAsync(string owner, CancellationToken cancellationToken) =>
        CallAsync(batch => batch.Read(OwnershipWrites.ListHeld, static row => (row.GetString(0), row.GetBoolean(1)), owner), cancellationToken);

    private Task<List<bool>> SettleAsync(CancellationToken cancellationToken) => CallAsync(static batch => batch.Read("SELECT true", static _ => true), cancellationToken);

    private Task RecoverAsync(string owner, CancellationToken cancellationToken) => _duties.RecoverAsync(owner, cancellationToken);

    /// <summary>Nobody has to wait until the lease of a replica that stops in good order ends.</summary>
    private async Task LetGoAsync()
    {
        if (_leases.IsEmpty || !Health.IsWritable)
            return;

        try
        {
            await using var connection = await _database.ConnectAsync(CancellationToken.None);
            var session = new PostgresSession(connection) { IsNewsForOthers = true, HasDuties = true };
            await session.RunAsync("UPDATE replicas SET lease_until = clock_timestamp() WHERE owner = ANY($1)", (object)_leases.Keys.ToArray());
            await TellAsync(session);
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception))
        {
            // It ends by itself.
        }
    }

    /// <summary>Clears away what nobody needs, and takes what nobody publishes. The bridge works without; the next start tries again.</summary>
    private async Task TidyAsync(string owner)
    {
        try
        {
            await _work.TryAsync(static session => new OwnershipWrites(session).ForgetGoneAsync(), _closing.Token);
            await _work.TryAsync(session => new OwnershipWrites(session).AdoptOrphansAsync(owner), _closing.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or PostgresException || PostgresProblem.IsOfTheStore(exception))
        {
            // Of no consequence.
        }
    }

    /// <summary>
    /// Nothing could be written for a while, perhaps longer than the lease. Nobody else can have taken a room if the database
    /// was away; whose room was taken all the same has another epoch now.
    /// </summary>
    private int ProlongLeases(PostgresBatch batch)
    {
        var prolonged = 0;
        foreach (var (owner, lease) in _leases)
        {
            if (lease > TimeSpan.Zero)
            {
                prolonged += batch.Run(
                    "UPDATE replicas SET lease_until = greatest(lease_until, clock_timestamp() + $2 * interval '1 millisecond') WHERE owner = $1",
                    owner,
                    (long)lease.TotalMilliseconds);
            }
        }

        return prolonged;
    }
}
