using EyesonBridge.Bus;
using EyesonBridge.Hosting;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Outbox;

/// <summary>
/// Publishes the outbox: in order within a room, concurrently over rooms, each entry until it is confirmed; deletes what
/// was confirmed. A crash between the two repeats an entry with the same EventId.
/// </summary>
/// <remarks>
/// What is committed comes straight from memory; the outbox is read after a start, and of rooms of which more waits than
/// memory may hold. Rooms are spread over lines, each with a channel of its own.
/// </remarks>
internal sealed class OutboxDispatcher : IHostedService, IDisposable
{
    private const int LineCount = 2;
    private const long MostBytesInMemory = 32 * 1024 * 1024;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NoProgress = TimeSpan.FromSeconds(3);

    private readonly IBridgeStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxDispatcher> _logger;
    private readonly TimeSpan _publishTimeout;
    private readonly TimeSpan _shutdownTimeout;
    private readonly PublishingState _state;
    private readonly ConfirmedEntries _confirmed;
    private readonly PublishLines _lines;
    private readonly OutboxRefill _refill;
    private readonly LaneMemory _memory;
    private readonly IReadOnlyList<(PublishLine Line, LineSender Sender, LineSender ApartSender)> _senders;
    private readonly AsyncSignal _settled = new();
    private readonly CancellationTokenSource _reading = new();
    private readonly CancellationTokenSource _sending = new();
    private readonly CancellationTokenSource _drain;
    private Task _refilling = Task.CompletedTask;
    private Task _sent = Task.CompletedTask;
    private ITimer? _sweep;
    private volatile bool _isDraining;
    private long _drainUntil;

    public OutboxDispatcher(
        IBridgeStore store,
        IEventPublisher publisher,
        UnroutedEvents unrouted,
        IOptions<BusOptions> options,
        IOptions<ShutdownOptions> shutdown,
        TimeProvider time,
        ILogger<OutboxDispatcher> logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _publishTimeout = options.Value.PublishTimeout;
        _shutdownTimeout = shutdown.Value.ShutdownTimeout;
        _drain = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _state = new PublishingState(store, unrouted, time, logger) { Confirmed = ProlongDrain, Failed = EndDrain, Settled = _settled.Set };
        _confirmed = new ConfirmedEntries(store, logger.RoundFailed);
        _memory = new LaneMemory(MostBytesInMemory) { HalfIsFree = WantMore };
        _lines = new PublishLines([.. Enumerable.Range(0, LineCount).Select(_ => new PublishLine(_memory, _confirmed, Progress, time) { WantsMore = WantMore })], _confirmed);
        _refill = new OutboxRefill(store, _lines, _memory, Progress, time, logger);
        _senders = [.. _lines.All.Select(line => (
            line,
            new LineSender(line, isApart: false, publisher, _state, store.Lease, time),
            new LineSender(line, isApart: true, publisher, _state, store.Lease, time)))];
    }

    /// <summary>Why nothing gets out; null while publishing works, or nothing has to be published.</summary>
    public string? Problem => _state.Problem is { } problem && !_lines.AreEmpty ? problem : null;

    /// <summary>Whether it makes progress.</summary>
    public DispatcherProgress Progress => _state.Progress;

    /// <summary>What the events take that are in memory.</summary>
    public long BytesInMemory => _memory.Bytes;

    /// <summary>When the oldest event that waits was put into the outbox; null when none waits.</summary>
    public DateTimeOffset? OldestAt => _lines.OldestAt;

    /// <summary>The same of each of these rooms; rooms of which nothing waits are left out.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> OldestOf(IEnumerable<string> roomIds)
    {
        var oldest = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var roomId in roomIds)
        {
            if (_lines.Of(roomId).OldestOf(roomId) is { } at)
                oldest[roomId] = at;
        }

        return oldest;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var lastId = await _store.HandOverAsync(_lines, cancellationToken);
        if (_store.Lease.IsShared)
            lastId = 0; // what was there before is adopted room by room
        _refilling = Task.Run(() => _refill.RunAsync(lastId, _reading.Token), CancellationToken.None);
        _sent = Task.WhenAll(_senders.SelectMany(sender => new[] { sender.Sender, sender.ApartSender })
            .Select(sender => Task.Run(() => sender.RunAsync(_sending.Token), CancellationToken.None)));
        _sweep = _time.CreateTimer(_ => Sweep(), state: null, SweepEvery, SweepEvery);
    }

    /// <summary>Publishes what is in the outbox as long as that works, for most of the time that stopping may take. Hosts may ask more than once.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _drainUntil = _time.GetTimestamp() + (long)(0.6 * _shutdownTimeout.TotalSeconds * _time.TimestampFrequency);
        _isDraining = true;
        if (Problem is null)
            ProlongDrain();
        else
            await _drain.CancelAsync();

        await WhenDrainedAsync();
        await _reading.CancelAsync();
        await _sending.CancelAsync();
        await _refilling.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _sent;
        if (_sweep is not null)
            await _sweep.DisposeAsync();
        await WhenDeletedAsync(cancellationToken);
        _logger.DispatcherStopped(_store.Depth.Count);
    }

    public void Dispose()
    {
        _sweep?.Dispose();
        _drain.Dispose();
        _reading.Dispose();
        _sending.Dispose();
    }

    /// <summary>What cannot be deleted, because the disk is full, is published again after the next start: stopping does not wait for that.</summary>
    private async Task WhenDeletedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _confirmed.FlushAsync().WaitAsync(NoProgress, _time, cancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            _logger.DeletesLeft();
        }
    }

    private async Task WhenDrainedAsync()
    {
        while (!_drain.IsCancellationRequested && !_lines.AreDrained)
        {
            try
            {
                await _settled.WaitAsync(_drain.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Draining continues as long as it makes progress, until its time is over.</summary>
    private void ProlongDrain()
    {
        if (!_isDraining)
            return;

        var left = _time.GetElapsedTime(_time.GetTimestamp(), Volatile.Read(ref _drainUntil));
        _drain.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < NoProgress ? left : NoProgress);
    }

    private void WantMore()
    {
        _refill.Want();
        _settled.Set();
    }

    private void EndDrain()
    {
        if (_isDraining)
            _drain.Cancel();
    }

    private void Sweep()
    {
        var late = new PublishingException($"no confirmation within {_publishTimeout.TotalSeconds:0} s");
        if (_lines.BlockedBy is { } blocked)
            _state.NoteBlocked(blocked);
        else
            _state.NoteUnblocked();
        foreach (var (line, sender, apartSender) in _senders)
        {
            var (overdue, isSilent) = line.Sweep(_publishTimeout);
            var apart = overdue.FindAll(static receipt => receipt.Publication.Lane.IsTroubled);
            if (isSilent && apart.Count < overdue.Count)
                sender.GiveUp(late);
            if (isSilent && apart.Count > 0)
                apartSender.GiveUp(late);
            if (!isSilent)
                overdue.ForEach(receipt => (receipt.Publication.Lane.IsTroubled ? apartSender : sender).Refused(receipt, late));
        }
    }
}
