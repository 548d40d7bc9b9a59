using EyesonBridge.Storage;
using EyesonBridge.Testing.Network;
using Npgsql;

namespace EyesonBridge.Tests.Storage.Postgres;

/// <summary>
/// Stands between the store and its database, and breaks the connection at a commit: before it gets there, or before its
/// answer comes back. Or it keeps the commit, or its answer for a while, or lets nothing pass.
/// </summary>
internal sealed class CommitRelay : IAsyncDisposable
{
    private readonly TcpRelay _relay;
    private readonly TaskCompletionSource _isKept = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isGivenBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _commitsToLose;
    private int _answersToLose;
    private int _answersToKeep;
    private int _commitsToKeep;
    private int _lost;

    private CommitRelay(string host, int port) => _relay = new TcpRelay(host, port, () => new Tap(this));

    /// <summary>Stands before the database that a connection string names.</summary>
    /// <returns>It, and how a store gets there by way of it.</returns>
    public static (CommitRelay Relay, StoreOptions Options) Before(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        var relay = new CommitRelay(settings.Host!, settings.Port);
        (settings.Host, settings.Port, settings.SslMode) = ("127.0.0.1", relay._relay.Port, SslMode.Disable);
        return (relay, new StoreOptions { Provider = StoreProvider.Postgres, ConnectionString = settings.ConnectionString });
    }

    /// <summary>How many were lost so far.</summary>
    public int Lost => Volatile.Read(ref _lost);

    public void LoseNextCommit() => Interlocked.Increment(ref _commitsToLose);

    public void LoseNextAnswer() => Interlocked.Increment(ref _answersToLose);

    /// <summary>Keeps the next commit, and does not give it back: the transaction stays open until its connection ends.</summary>
    public void KeepNextCommit() => Interlocked.Increment(ref _commitsToKeep);

    /// <summary>Keeps the answer to the next commit; everything else passes.</summary>
    public void KeepNextAnswer() => Interlocked.Increment(ref _answersToKeep);

    /// <summary>Waits until a commit or an answer is kept.</summary>
    public Task WhenKeptAsync(CancellationToken cancellationToken) => _isKept.Task.WaitAsync(cancellationToken);

    /// <summary>Lets the answer that was kept pass.</summary>
    public void GiveBack() => _isGivenBack.TrySetResult();

    /// <inheritdoc cref="TcpRelay.Cut"/>
    public void Cut() => _relay.Cut();

    /// <inheritdoc cref="TcpRelay.Heal"/>
    public void Heal() => _relay.Heal();

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    private static bool TryTake(ref int counter)
    {
        if (Interlocked.Decrement(ref counter) >= 0)
            return true;

        Interlocked.Increment(ref counter);
        return false;
    }

    /// <summary>One connection, and what becomes of the next answer on it.</summary>
    private sealed class Tap(CommitRelay relay) : IRelayTap
    {
        private volatile bool _isLost;
        private volatile bool _isKept;

        public async ValueTask<bool> SentAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            var isCommit = bytes.Span.IndexOf("COMMIT\0"u8) >= 0; // and no isolation level: READ COMMITTED
            if (isCommit && TryTake(ref relay._commitsToLose))
            {
                Interlocked.Increment(ref relay._lost);
                return false;
            }

            if (isCommit && TryTake(ref relay._commitsToKeep))
            {
                relay._isKept.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            }

            _isLost = isCommit && TryTake(ref relay._answersToLose);
            if (_isLost)
                Interlocked.Increment(ref relay._lost);
            _isKept = isCommit && TryTake(ref relay._answersToKeep);
            return true;
        }

        public async ValueTask<bool> AnsweredAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
        {
            if (_isLost)
                return false;

            if (_isKept)
            {
                relay._isKept.TrySetResult();
                await relay._isGivenBack.Task.WaitAsync(cancellationToken);
            }

            return true;
        }
    }
}
