using EyesonBridge.Pacing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Sees to it that this replica does what nobody else does.</summary>
/// <remarks>What is found is told one at a time: a look that began before the lease lapsed is not to count afterwards.</remarks>
internal sealed class DutyKeeper : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly PostgresWork _work;
    private readonly PostgresNews _news;
    private readonly StoreSignals _signals;
    private readonly ReplicaLease _lease;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private string? _owner;

    /// <summary>Does nothing until it runs.</summary>
    /// <param name="work">What makes transactions.</param>
    /// <param name="news">What others are told.</param>
    /// <param name="signals">Set when there may be something to take.</param>
    /// <param name="lease">The lease of this replica.</param>
    /// <param name="time">The replica's own clock.</param>
    /// <param name="logger">Logger.</param>
    public DutyKeeper(PostgresWork work, PostgresNews news, StoreSignals signals, ReplicaLease lease, TimeProvider time, ILogger logger)
    {
        (_work, _news, _signals, _lease, _time, _logger) = (work, news, signals, lease, time, logger);
        Duties = ReplicaDuties.Shared(lease, signals.Duties.Set, GiveUpAsync);
    }

    /// <inheritdoc cref="IBridgeStore.Duties"/>
    public ReplicaDuties Duties { get; }

    /// <summary>Looks after them until it is cancelled.</summary>
    public Task RunAsync(string owner, CancellationToken cancellationToken)
    {
        _owner = owner;
        return Rounds.RunAsync(
            async cancelled =>
            {
                await LookAsync(owner, cancelled);
                await _signals.Duties.WaitAsync(LookEvery, _time, cancelled);
            },
            failure => StorageLog.WriteFailed(_logger, failure),
            LookEvery,
            _time,
            cancellationToken);
    }

    /// <summary>The lease had lapsed: what others have taken meanwhile is not this replica's any more, before it counts again.</summary>
    public async Task RecoverAsync(string owner, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Duties.Hold(Of(owner, await _work.TryAsync(static session => new DutyWrites(session).ListAsync(), cancellationToken)));
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static IEnumerable<string> Of(string owner, IEnumerable<DutyRow> duties) =>
        duties.Where(duty => string.Equals(duty.Owner, owner, StringComparison.Ordinal)).Select(static duty => duty.Name);

    private async Task LookAsync(string owner, CancellationToken cancellationToken)
    {
        if (Duties.Wanted is not { Count: > 0 } wanted || !_lease.IsHeld)
            return;

        await _gate.WaitAsync(cancellationToken);
        try
        {
            var known = await _work.ReadAsync(static reads => reads.Duties.ListAsync(), cancellationToken);
            var held = Of(owner, known).ToList();
            var others = known.Where(duty => duty.IsAlive || (duty.Owner is not null && !_lease.IsSteady)).Select(static duty => duty.Name);
            var free = wanted.Except(others, StringComparer.Ordinal).Except(held, StringComparer.Ordinal).ToList();
            if (free.Count > 0)
            {
                var taken = await _work.WriteAsync(session => new DutyWrites(session).TakeAsync(owner, free), cancellationToken);
                held.AddRange(taken);
                foreach (var duty in taken)
                    ReplicaLog.TookDuty(_logger, duty);
            }

            Duties.Hold(held);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Should the database not answer, the lease ends it.</summary>
    private async Task GiveUpAsync(string duty)
    {
        if (_owner is not { } owner)
            return;

        using var patience = new CancellationTokenSource(Patience, _time);
        try
        {
            var (channel, news) = _news.Tell([PostgresNews.Duties]);
            await _gate.WaitAsync(patience.Token);
            try
            {
                if (await _work.TryAsync(session => new DutyWrites(session).GiveUpAsync(owner, duty, channel, news), patience.Token))
                    ReplicaLog.GaveUpDuty(_logger, duty);
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || PostgresProblem.IsOfTheStore(exception))
        {
            // The next replica has it when the lease of this one has ended.
        }
    }
}
