using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Outbox;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// The room as its owner knows it, and the way of every change of it into the store. Appends follow each other without
/// waiting for the disk, up to a window; when that is full the caller waits, and with it the socket. Whoever reads the
/// state to change it takes a turn first.
/// </summary>
internal sealed class RoomJournal : IDisposable
{
    private const int Window = 64;

    private readonly IBridgeStore _store;
    private readonly string _owner;
    private readonly Queue<Task<AppendOutcome>> _underWay = new(Window);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Action _refused;
    private readonly CancellationToken _abandon;
    private volatile bool _isFenced;
    private volatile bool _isInboxPending;
    private long _lastEventTicks;

    /// <param name="store">The store.</param>
    /// <param name="row">The room as it was claimed.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="refused">Called as soon as something could not be written: nothing that is heard later counts.</param>
    /// <param name="abandon">Cancelled when the process can wait for the store no longer.</param>
    public RoomJournal(IBridgeStore store, RoomRow row, string owner, Action refused, CancellationToken abandon)
    {
        _store = store;
        _owner = owner;
        _refused = refused;
        _abandon = abandon;
        RoomId = row.RoomId;
        Account = row.Account;
        Epoch = row.Epoch;
        Sequence = row.Sequence;
        Status = row.Status;
        Reason = row.Reason;
        HeardAt = row.HeardAt;
        ClosedAt = row.IsActive ? null : row.StatusSince;
        State = MeetingStateSerializer.Read(row.State);
        Positions = StreamPositions.Read(row.Positions);
        _isInboxPending = row.IsFollowed;
    }

    public string RoomId { get; }

    public string Account { get; }

    public long Epoch { get; }

    public long Sequence { get; private set; }

    public ObservationStatus Status { get; private set; }

    public string? Reason { get; private set; }

    /// <summary>When the room was last heard; null when it never was since it was registered.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>When the last event happened, as far as this owner knows.</summary>
    public DateTimeOffset? LastEventAt => Interlocked.Read(ref _lastEventTicks) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    public MeetingState State { get; private set; }

    public StreamPositions Positions { get; }

    /// <summary>True once an append was refused because the room is another's; nothing more can be written.</summary>
    public bool IsFenced => _isFenced;

    /// <summary>True when the observation is over.</summary>
    public bool IsClosed => Status is ObservationStatus.Ended or ObservationStatus.Rejected;

    /// <summary>Since when the observation is over.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Set when there is more to do that does not need a connection, and when the observation is over.</summary>
    public AsyncSignal Work { get; } = new();

    /// <summary>True when something is left to do that does not need a connection.</summary>
    public bool HasWorkLeft => _isInboxPending || HasWorkLeftIn(State);

    /// <summary>Something was put into the room's inbox.</summary>
    public void NotifyInbox()
    {
        _isInboxPending = true;
        Work.Set();
    }

    /// <summary>The inbox of the room as it is now; when it is empty there is nothing left to do with it.</summary>
    public async Task<IReadOnlyList<InboxEntry>> ReadInboxAsync(CancellationToken cancellationToken)
    {
        if (!_isInboxPending)
            return [];

        _isInboxPending = false; // before the look: what comes after it says so again
        var entries = await _store.ReadInboxAsync(RoomId, cancellationToken);
        _isInboxPending |= entries.Count > 0;
        return entries;
    }

    /// <summary>Waits until nobody else changes the room; disposing what it gives ends the turn.</summary>
    public async ValueTask<RoomTurn> TakeTurnAsync()
    {
        await _turn.WaitAsync(_abandon);
        return new RoomTurn(_turn);
    }

    /// <summary>The context of what is observed at <paramref name="at"/>.</summary>
    public FrameContext ContextAt(DateTimeOffset at, ReadOnlyMemory<byte> raw = default) => new()
    {
        RoomId = RoomId,
        Account = Account,
        Sequence = Sequence,
        ObservedAt = at,
        Raw = raw,
        NewEventId = Guid.CreateVersion7,
    };

    /// <summary>Appends what a frame led to. Returns when there is room for one more.</summary>
    /// <param name="change">What it led to.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="heardUntil">What was sent until then is read: where a gap begins, should the process end now.</param>
    public async ValueTask HeardAsync(MeetingChange change, DateTimeOffset at, DateTimeOffset heardUntil)
    {
        if (change.Events.Count == 0 && ReferenceEquals(change.State, State) && Status == ObservationStatus.Observing)
            return;

        Begin(change, ObservationStatus.Observing, reason: null, at, heardUntil, AppendClosure.None);
        while (_underWay.Count >= Window || (_underWay.TryPeek(out var oldest) && oldest.IsCompleted))
            await _underWay.Dequeue();
    }

    /// <summary>Appends what was found out beside the connection; the status stays.</summary>
    /// <param name="change">What was found out.</param>
    /// <param name="at">When.</param>
    /// <param name="takenUp">The entries of the inbox that told it.</param>
    public Task<AppendOutcome> FoundAsync(MeetingChange change, DateTimeOffset at, IReadOnlyList<long>? takenUp = null) =>
        StepAsync(change, Status, Reason, at, closure: IsClosed ? AppendClosure.Final : AppendClosure.None, takenUp: takenUp);

    /// <summary>Appends a step of the observation itself, and waits until everything so far is on disk.</summary>
    public async Task<AppendOutcome> StepAsync(
        MeetingChange change,
        ObservationStatus status,
        string? reason,
        DateTimeOffset at,
        DateTimeOffset? heardAt = null,
        AppendClosure closure = AppendClosure.None,
        IReadOnlyList<long>? takenUp = null)
    {
        if (IsFenced)
            return AppendOutcome.Fenced;

        var (sequence, state, formerStatus, formerReason) = (Sequence, State, Status, Reason);
        Begin(change, status, reason, at, heardAt, closure, takenUp);
        var last = AppendOutcome.Committed;
        while (_underWay.TryDequeue(out var append))
            last = await append;

        if (last == AppendOutcome.WantedAgain)
            (Sequence, State, Status, Reason, ClosedAt) = (sequence, state, formerStatus, formerReason, null);
        return last;
    }

    /// <summary>Waits until everything so far is on disk.</summary>
    public async Task FlushAsync()
    {
        while (_underWay.TryDequeue(out var append))
            await append;
    }

    public void Dispose() => _turn.Dispose();

    private static bool HasWorkLeftIn(MeetingState state) => !state.ToFollow.IsEmpty || state.GapFrom is not null;

    private void Begin(
        MeetingChange change,
        ObservationStatus status,
        string? reason,
        DateTimeOffset at,
        DateTimeOffset? heardAt,
        AppendClosure closure,
        IReadOnlyList<long>? takenUp = null)
    {
        var append = new RoomAppend
        {
            RoomId = RoomId,
            Owner = _owner,
            Epoch = Epoch,
            FromSequence = Sequence,
            Status = status,
            Reason = reason,
            At = at,
            HeardAt = heardAt,
            // A bare null would become an array, and with that an empty state: it would wipe the one in the store.
            State = ReferenceEquals(change.State, State) ? default(ReadOnlyMemory<byte>?) : MeetingStateSerializer.Write(change.State),
            MeetingId = change.State.MeetingId(RoomId),
            Positions = heardAt is null ? null : Positions.Write(),
            IsFollowed = HasWorkLeftIn(change.State),
            TakenUp = takenUp ?? [],
            Events = OutboxWriter.Write(change.Events),
            Closure = closure,
        };

        var isMore = change.State.ToFollow.Count > State.ToFollow.Count
            || (change.State.GapFrom is { } gapFrom && gapFrom != State.GapFrom);
        Sequence += change.Events.Count;
        if (change.Events.Count > 0)
            Interlocked.Exchange(ref _lastEventTicks, at.UtcTicks);
        State = change.State;
        Status = status;
        if (IsClosed && ClosedAt is null)
        {
            ClosedAt = at;
            isMore = true;
        }

        if (isMore)
            Work.Set();
        Reason = reason;
        HeardAt = heardAt ?? HeardAt;
        _underWay.Enqueue(WriteAsync(append, change.Events));
    }

    private async Task<AppendOutcome> WriteAsync(RoomAppend append, IReadOnlyList<RoomEvent> events)
    {
        var outcome = AppendOutcome.Fenced;
        try
        {
            outcome = await _store.AppendAsync(append, _abandon);
            _isFenced |= outcome == AppendOutcome.Fenced;
            if (outcome == AppendOutcome.Committed)
                BridgeMetrics.NoteStored(events);
            return outcome;
        }
        finally
        {
            if (outcome == AppendOutcome.Fenced) // or failed: that comes out where the append is waited for
                _refused();
        }
    }
}
