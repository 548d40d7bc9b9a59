using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// The way of a room's changes into the store: they follow each other without waiting for the disk, up to a window. Used
/// in turn, by one at a time.
/// </summary>
internal sealed class RoomAppends : IDisposable
{
    private const int Window = 64;

    private readonly IBridgeStore _store;
    private readonly CancellationToken _abandon;
    private readonly Queue<Task<AppendOutcome>> _underWay = new(Window);
    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private bool _isDisposed;

    /// <param name="store">The store.</param>
    /// <param name="abandon">Cancelled when the process can wait for the store no longer.</param>
    public RoomAppends(IBridgeStore store, CancellationToken abandon)
    {
        _store = store;
        _abandon = abandon;
        Lost = _lost.Token;
    }

    /// <summary>Cancelled as soon as something could not be written: nothing received later counts.</summary>
    public CancellationToken Lost { get; }

    /// <summary>Begins to write.</summary>
    /// <param name="append">What to write.</param>
    /// <param name="events">The events in it, to be counted.</param>
    public void Begin(RoomAppend append, IReadOnlyList<RoomEvent> events) => _underWay.Enqueue(WriteAsync(append, events));

    /// <summary>Waits until there is room for one more.</summary>
    public async ValueTask WhenRoomAsync()
    {
        while (_underWay.Count >= Window || (_underWay.TryPeek(out var oldest) && oldest.IsCompleted))
            await _underWay.Dequeue();
    }

    /// <summary>Waits until everything so far is on disk.</summary>
    /// <returns>The outcome of the last one.</returns>
    public async Task<AppendOutcome> FlushAsync()
    {
        var last = AppendOutcome.Committed;
        while (_underWay.TryDequeue(out var append))
            last = await append;
        return last;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _lost.Dispose();
        }
    }

    private async Task<AppendOutcome> WriteAsync(RoomAppend append, IReadOnlyList<RoomEvent> events)
    {
        var outcome = AppendOutcome.Fenced;
        try
        {
            outcome = await _store.AppendAsync(append, _abandon);
            if (outcome == AppendOutcome.Committed)
                BridgeMetrics.NoteStored(events);
            return outcome;
        }
        finally
        {
            if (outcome == AppendOutcome.Fenced) // or failed: that comes out where the append is waited for
                Lose();
        }
    }

    private void Lose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
                _lost.Cancel();
        }
    }
}
