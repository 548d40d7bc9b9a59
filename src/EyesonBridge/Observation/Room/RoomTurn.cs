using System.Text.Json;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Outbox;
using EyesonBridge.Pacing;
using EyesonBridge.Storage;

namespace EyesonBridge.Observation.Room;

/// <summary>
/// A turn at a room: only its holder sees the room's state and changes it. It ends when it is disposed
/// of. <see cref="RoomJournal.TakeTurnAsync"/> gives it; a room that is now owned by another process gives none.
/// </summary>
internal sealed class RoomTurn : IDisposable
{
    private readonly RoomAppends _appends;
    private readonly AsyncSignal _work;
    private readonly SemaphoreSlim _free;
    private readonly string _owner;
    private readonly OutboxWriter _writer;
    private readonly ISecretValues? _secrets;
    private MeetingState _written;
    private MeetingState? _stateOfMeetingId;
    private string? _meetingId;
    private long _lastEventTicks;

    /// <param name="row">The room as it was claimed.</param>
    /// <param name="owner">Who claimed it.</param>
    /// <param name="writer">Makes of events what the store keeps.</param>
    /// <param name="appends">The way of its changes into the store.</param>
    /// <param name="work">Set when there is more to do that does not need a connection, and when the observation is over.</param>
    /// <param name="free">Released at the end of the turn.</param>
    /// <param name="secrets">What must not be passed on with what cannot be read.</param>
    /// <exception cref="UnreadableRoomException">A part of the row cannot be read.</exception>
    public RoomTurn(RoomRow row, string owner, OutboxWriter writer, RoomAppends appends, AsyncSignal work, SemaphoreSlim free, ISecretValues? secrets)
    {
        _secrets = secrets;
        _owner = owner;
        _writer = writer;
        _appends = appends;
        _work = work;
        _free = free;
        RoomId = row.RoomId;
        Account = row.Account;
        Epoch = row.Epoch;
        Sequence = row.Sequence;
        StreamId = row.StreamId;
        Status = row.Status;
        Reason = row.Reason;
        HeardAt = row.HeardAt;
        ClosedAt = row.IsActive ? null : row.StatusSince;
        if (row.Unreadable is { } unreadable)
            throw new UnreadableRoomException(unreadable);
        _written = ReadState(row);
        State = row.HeardAt is null && _written is { IsStale: false, StartedAt: not null } ? _written with { IsStale = true } : _written;
        Positions = StreamPositions.Read(row.Positions);
    }

    public string RoomId { get; }

    public string Account { get; }

    public long Epoch { get; }

    /// <summary>Number of the last event.</summary>
    public long Sequence { get; private set; }

    /// <summary>The history in which events are numbered.</summary>
    public string? StreamId { get; }

    public ObservationStatus Status { get; private set; }

    /// <summary>Name of the reason for the status, in camelCase.</summary>
    public string? Reason { get; private set; }

    /// <summary>When something was last received from the room; null if nothing was since it was registered.</summary>
    public DateTimeOffset? HeardAt { get; private set; }

    /// <summary>When the last event happened, as far as this owner knows.</summary>
    public DateTimeOffset? LastEventAt => Interlocked.Read(ref _lastEventTicks) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The latest events, for whoever looks on.</summary>
    public RecentEvents RecentEvents { get; } = new();

    /// <summary>The latest gaps, for whoever looks on.</summary>
    public RecentGaps RecentGaps { get; } = new();

    /// <summary>Since when the observation is over.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>True when the observation is over.</summary>
    public bool IsClosed => Status is ObservationStatus.Ended or ObservationStatus.Rejected;

    /// <summary>True when REST is still to be asked for something.</summary>
    public bool HasWorkLeft => HasWorkLeftIn(State);

    public MeetingState State { get; private set; }

    public StreamPositions Positions { get; }

    /// <summary>The context of what is observed at <paramref name="at"/>.</summary>
    public FrameContext ContextAt(DateTimeOffset at, ReadOnlyMemory<byte> raw = default) => new()
    {
        RoomId = RoomId,
        Account = Account,
        Sequence = Sequence,
        StreamId = StreamId,
        ObservedAt = at,
        Raw = raw,
        Secrets = _secrets,
        NewEventId = Guid.CreateVersion7,
    };

    /// <summary>Appends what a frame led to. Returns when there is room for one more.</summary>
    /// <param name="change">What it led to.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="heardUntil">Everything sent until then has been read: where a gap begins if the process ends now.</param>
    public ValueTask HeardAsync(MeetingChange change, DateTimeOffset at, DateTimeOffset heardUntil)
    {
        if (change.Events.Count == 0 && ReferenceEquals(change.State, State) && Status == ObservationStatus.Observing)
            return ValueTask.CompletedTask;

        Begin(change, ObservationStatus.Observing, reason: null, at, heardUntil, AppendClosure.None);
        return _appends.WhenRoomAsync();
    }

    /// <summary>
    /// Appends what the last frame of a meeting led to, and with it the end of the observation: nobody who hears of the one
    /// can come before the other. Returns when there is room for one more.
    /// </summary>
    /// <param name="change">What the frame led to.</param>
    /// <param name="at">When it was read.</param>
    /// <param name="heardUntil">Everything sent until then has been read.</param>
    /// <param name="knownIntent">The last change of what is wanted that is known.</param>
    /// <param name="gapFrom">Begin of the gap in which the meeting ended; null when it was heard until its end.</param>
    public ValueTask HeardEndAsync(MeetingChange change, DateTimeOffset at, DateTimeOffset heardUntil, long knownIntent, DateTimeOffset? gapFrom)
    {
        var end = new ObservationEnded { Reason = ObservationEndReason.MeetingEnded };
        var ended = change.Then(ContextAt(at), end);
        Begin(ended, ObservationStatus.Ended, Reasons.Name(end.Reason), at, heardUntil, AppendClosure.Final, knownIntent: knownIntent, unheardSince: gapFrom);
        return _appends.WhenRoomAsync();
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
        IReadOnlyList<long>? takenUp = null,
        long knownIntent = long.MaxValue,
        DateTimeOffset? unheardSince = null)
    {
        if (_appends.Lost.IsCancellationRequested)
            return AppendOutcome.Fenced;

        var (sequence, state, formerStatus, formerReason) = (Sequence, State, Status, Reason);
        Begin(change, status, reason, at, heardAt, closure, takenUp, knownIntent, unheardSince);
        var last = await _appends.FlushAsync();
        if (last == AppendOutcome.WantedAgain)
        {
            (Sequence, State, Status, Reason, ClosedAt) = (sequence, state, formerStatus, formerReason, null);
            RecentEvents.ForgetAfter(sequence);
        }

        return last;
    }

    /// <summary>Waits until everything so far is on disk.</summary>
    public Task FlushAsync() => _appends.FlushAsync();

    /// <summary>Ends the turn.</summary>
    public void Dispose() => _free.Release();

    private static MeetingState ReadState(RoomRow row)
    {
        try
        {
            return MeetingStateSerializer.Read(row.State);
        }
        catch (Exception unreadable) when (unreadable is JsonException or NotSupportedException or ArgumentException)
        {
            throw new UnreadableRoomException(RoomParts.State, unreadable);
        }
    }

    private static bool HasWorkLeftIn(MeetingState state) => !state.ToFollow.IsEmpty || state.GapFrom is not null;

    private void Begin(
        MeetingChange change,
        ObservationStatus status,
        string? reason,
        DateTimeOffset at,
        DateTimeOffset? heardAt,
        AppendClosure closure,
        IReadOnlyList<long>? takenUp = null,
        long knownIntent = long.MaxValue,
        DateTimeOffset? unheardSince = null)
    {
        var append = new RoomAppend
        {
            RoomId = RoomId,
            Owner = _owner,
            Epoch = Epoch,
            FromSequence = Sequence,
            StreamId = StreamId,
            Status = status,
            Reason = reason,
            At = at,
            HeardAt = heardAt,
            // A bare null would become an array, and with that an empty state: it would wipe the one in the store.
            State = ReferenceEquals(change.State, _written) ? default(ReadOnlyMemory<byte>?) : MeetingStateSerializer.Write(change.State),
            MeetingId = MeetingIdOf(change.State),
            Positions = heardAt is null ? null : Positions.Write(),
            IsFollowed = HasWorkLeftIn(change.State),
            TakenUp = takenUp ?? [],
            Events = _writer.Write(change.Events),
            Closure = closure,
            KnownIntent = knownIntent,
            GapFrom = unheardSince,
        };

        var isMore = change.State.ToFollow.Count > State.ToFollow.Count
            || (change.State.GapFrom is not null && (change.State.GapFrom != State.GapFrom || change.State.GapTo != State.GapTo));
        Sequence += change.Events.Count;
        if (change.Events.Count > 0)
            Interlocked.Exchange(ref _lastEventTicks, at.UtcTicks);
        NoteRecent(change.Events, at, unheardSince);
        _written = State = change.State;
        Status = status;
        if (IsClosed && ClosedAt is null)
        {
            ClosedAt = at;
            isMore = true;
        }

        if (isMore)
            _work.Set();
        Reason = reason;
        HeardAt = heardAt ?? HeardAt;
        _appends.Begin(append, change.Events);
    }

    /// <summary>The same text as long as the state is the same.</summary>
    private string? MeetingIdOf(MeetingState state)
    {
        if (!ReferenceEquals(state, _stateOfMeetingId))
            (_stateOfMeetingId, _meetingId) = (state, state.MeetingId(RoomId));
        return _meetingId;
    }

    /// <summary>What is kept in memory for those who look on.</summary>
    private void NoteRecent(IReadOnlyList<RoomEvent> events, DateTimeOffset at, DateTimeOffset? unheardSince)
    {
        var gap = unheardSince is { } since ? new RecentGap(RoomId, since, at, Reason) : null;
        for (var index = 0; index < events.Count; index++)
        {
            RecentEvents.Note(events[index]);
            if (events[index] is ObservationResumed resumed)
                gap = new RecentGap(RoomId, resumed.GapFrom, resumed.GapTo, Reason);
        }

        if (gap is null)
            return;

        RecentGaps.Note(gap);
        _writer.Recent.NoteGap(gap);
    }
}
