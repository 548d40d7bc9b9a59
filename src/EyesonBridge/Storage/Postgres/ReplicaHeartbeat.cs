using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Renews the lease of this replica, once a second, on a connection of its own: nothing else is to delay it.</summary>
/// <param name="database">Where to.</param>
/// <param name="owner">The replica.</param>
/// <param name="lease">What is renewed.</param>
/// <param name="handshakes">Tells the handshakes that it waits for or has made of late.</param>
/// <param name="recover">Called before a lease that had lapsed counts again.</param>
/// <param name="time">The replica's own clock.</param>
/// <param name="logger">Logger.</param>
internal sealed class ReplicaHeartbeat(
    PostgresDatabase database, string owner, ReplicaLease lease, Func<int> handshakes, Func<CancellationToken, Task> recover, TimeProvider time, ILogger logger)
{
    /// <summary>The statement of <see cref="RoomWrites.RenewAsync"/>: $1 is the replica, $2 for how long in milliseconds, null for ever, $3 its handshakes, null to leave them.</summary>
    public const string Renew = """
        INSERT INTO replicas (owner, lease_until, handshakes)
        VALUES ($1, CASE WHEN $2::bigint IS NULL THEN 'infinity' ELSE clock_timestamp() + $2::bigint * interval '1 millisecond' END, coalesce($3::integer, 0))
        ON CONFLICT (owner) DO UPDATE SET lease_until = excluded.lease_until, handshakes = coalesce($3::integer, replicas.handshakes)
        """;

    /// <summary>From one renewal to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>A renewal that takes longer has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private Line? _line;
    private bool _hasLapsed;
    private bool _hasBegun;
    private string _problem = "";

    /// <summary>Renews until it is cancelled.</summary>
    /// <param name="begun">Completed when the lease is held for the first time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var askedAt = time.GetTimestamp();
                if (await TryBeatAsync(askedAt, cancellationToken))
                    begun.TrySetResult();
                NoteLapse();
                if (Every - time.GetElapsedTime(askedAt) is var pause && pause > TimeSpan.Zero)
                    await Task.Delay(pause, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            begun.TrySetCanceled(cancellationToken);
        }
        finally
        {
            Abandon();
        }
    }

    private async Task<bool> TryBeatAsync(long askedAt, CancellationToken cancellationToken)
    {
        try
        {
            _line ??= new Line();
            _line.Beat = BeatAsync(_line, cancellationToken);
            await _line.Beat.WaitAsync(Patience, time, cancellationToken);
            NoteLapse();
            if (_hasLapsed)
                await recover(cancellationToken);
            lease.Renew(askedAt);
            _hasBegun = true;
            return lease.IsHeld;
        }
#pragma warning disable CA1031 // whatever goes wrong, it is tried again: without this nothing goes on
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _problem = PostgresProblem.Describe(exception, database.Place);
            lease.NoteTrouble();
            Abandon();
            return false;
        }
#pragma warning restore CA1031
    }

    private async Task BeatAsync(Line line, CancellationToken cancellationToken)
    {
        line.Connection ??= await database.ConnectAsync(cancellationToken);
        await new PostgresSession(line.Connection).RunAsync(Renew, owner, (long)lease.Duration.TotalMilliseconds, handshakes());
    }

    private void NoteLapse()
    {
        if (_hasBegun && !_hasLapsed && !lease.IsHeld)
        {
            _hasLapsed = true;
            lease.NoteTrouble(); // perhaps not the database's, but its own: frozen, or starved
            ReplicaLog.LeaseLapsed(logger, _problem);
        }
        else if (_hasLapsed && lease.IsHeld)
        {
            _hasLapsed = false;
        }
    }

    /// <summary>Who does not answer is not waited for; the connection is closed when it has.</summary>
    private void Abandon()
    {
        if (_line is not { } line)
            return;

        _line = null;
        _ = CloseAsync(line);
    }

    private static async Task CloseAsync(Line line)
    {
        await line.Beat.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (line.Connection is { } connection)
                await connection.DisposeAsync();
        }
        catch (Exception exception) when (PostgresProblem.IsOfTheStore(exception) || exception is InvalidOperationException)
        {
            // Gone, and that was the aim.
        }
    }

    /// <summary>A connection, and what is under way on it.</summary>
    private sealed class Line
    {
        public NpgsqlConnection? Connection { get; set; }

        public Task Beat { get; set; } = Task.CompletedTask;
    }
}
