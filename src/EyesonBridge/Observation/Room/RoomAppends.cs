using System.Runtime.ExceptionServices;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// The way of a room's changes into the store: they follow each other without waiting for the disk, up to a window. Used
/// in turn, by one at a time.
/// </summary>
/// <remarks>
/// While all rooms together have more under way than memory should hold, each has a window of one: a busy room waits, a
/// quiet one hardly notices, and nobody waits for somebody else's writes alone.
/// </remarks>
internal sealed class RoomAppends : IDisposable
{
    private const int Window = 64;
    private const long MostUnderWay = 32 * 1024 * 1024;

    private readonly IBridgeStore _store;
    private readonly CancellationToken _abandon;
    private readonly CancellationTokenSource _lost = new();
    private readonly Lock _gate = new();
    private int _underWay;
    private BegunAppend? _latest;
    private AppendOutcome _outcome;
    private ExceptionDispatchInfo? _failure;
    private TaskCompletionSource? _hasRoom;
    private TaskCompletionSource? _isFlushed;
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
    public void Begin(RoomAppend append, IReadOnlyList<RoomEvent> events)
    {
        var begun = new BegunAppend(this, events);
        lock (_gate)
        {
            _underWay++;
            _latest = begun;
        }

        _store.Append(append, begun, _abandon);
    }

    /// <summary>Waits until there is room for one more. Throws what failed, if anything did.</summary>
    public ValueTask WhenRoomAsync()
    {
        lock (_gate)
        {
            _failure?.Throw();
            if (HasRoom)
                return ValueTask.CompletedTask;

            _hasRoom ??= NewSignal();
            return new ValueTask(WaitAsync(_hasRoom.Task));
        }
    }

    /// <summary>Waits until everything so far is on disk. Throws what failed, if anything did.</summary>
    /// <returns>The outcome of the last one.</returns>
    public async Task<AppendOutcome> FlushAsync()
    {
        Task? flushed = null;
        lock (_gate)
        {
            if (_underWay > 0)
                flushed = (_isFlushed ??= NewSignal()).Task;
        }

        if (flushed is not null)
            await flushed;
        lock (_gate)
        {
            _failure?.Throw();
            return _outcome;
        }
    }

    /// <summary>The store is done with an append.</summary>
    /// <param name="append">Which.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="failure">Why it failed, in which case the outcome means nothing.</param>
    public void End(BegunAppend append, AppendOutcome outcome, Exception? failure)
    {
        lock (_gate)
        {
            if (failure is not null)
                _failure ??= ExceptionDispatchInfo.Capture(failure);
            if (ReferenceEquals(append, _latest))
                _outcome = outcome;
            if (outcome == AppendOutcome.Fenced && !_isDisposed)
                _ = _lost.CancelAsync(); // what follows from it does not belong on the writer's thread

            _underWay--;
            if (HasRoom)
            {
                _hasRoom?.TrySetResult();
                _hasRoom = null;
            }

            if (_underWay == 0)
            {
                _isFlushed?.TrySetResult();
                _isFlushed = null;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _lost.Dispose();
        }
    }

    private bool HasRoom => _underWay == 0 || (_underWay < Window && _store.BytesUnderWay < MostUnderWay);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WaitAsync(Task hasRoom)
    {
        await hasRoom;
        lock (_gate)
            _failure?.Throw();
    }
}
