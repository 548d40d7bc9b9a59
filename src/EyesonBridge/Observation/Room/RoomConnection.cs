using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Observation.Handover;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>One connection of a room: takes each frame through the normalizer into the journal.</summary>
internal sealed class RoomConnection : ICableListener
{
    /// <summary>What is unread is read faster than this.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    private readonly RoomJournal _journal;
    private readonly ObserverServices _services;
    private readonly string _apiKey;
    private readonly ConnectSpan _span;
    private readonly ReadingDelay _delay;
    private readonly CancellationToken _stopping;
    private HistoryHold? _hold;
    private DateTimeOffset? _caughtUpAt;
    private long _caughtUpTicks;
    private long _readTicks;
    private DateTimeOffset? _gapFrom;
    private volatile bool _isOpen;
    private volatile bool _stateSeen;
    private bool _isMeetingOver;
    private bool _hasHistory;

    /// <param name="journal">The room.</param>
    /// <param name="services">What all observers share.</param>
    /// <param name="apiKey">The key that the connection is opened with.</param>
    /// <param name="awaitsHistory">True when the server is asked for what was missed.</param>
    /// <param name="span">The attempt to connect, for its span.</param>
    /// <param name="stopping">Cancelled when the connection is to be closed.</param>
    public RoomConnection(
        RoomJournal journal, ObserverServices services, string apiKey, bool awaitsHistory, in ConnectSpan span, CancellationToken stopping)
    {
        _journal = journal;
        _services = services;
        _apiKey = apiKey;
        _span = span;
        _stopping = stopping;
        _delay = new ReadingDelay(services.Time);
        _hold = awaitsHistory ? new HistoryHold() : null;
    }

    /// <summary>One that goes on where the connection of the room's former owner stopped.</summary>
    /// <param name="journal">The room.</param>
    /// <param name="services">What all observers share.</param>
    /// <param name="incoming">What hears the room.</param>
    /// <param name="stopping">Cancelled when the connection is to be closed.</param>
    public static RoomConnection Continue(RoomJournal journal, ObserverServices services, IncomingRoom incoming, CancellationToken stopping) =>
        new(journal, services, incoming.ApiKey, awaitsHistory: false, incoming.Span, stopping) { _isOpen = true, _stateSeen = true };

    /// <summary>True once the room is heard with its whole state, and for as long as it is heard in time.</summary>
    public bool IsSettled => _isOpen && _stateSeen && HeldUpSince is null;

    /// <summary>True when everything was read that had come until then, or nothing has come for a while.</summary>
    public bool HasReadUntil(DateTimeOffset until) =>
        Interlocked.Read(ref _caughtUpTicks) >= until.UtcTicks || _services.Time.GetUtcNow().UtcTicks - Interlocked.Read(ref _readTicks) >= Idle.Ticks;

    /// <summary>Since when frames were read late, because the store or the outbox took nothing; null while all goes well.</summary>
    public DateTimeOffset? HeldUpSince => _delay.Since;

    public ValueTask OnWelcomeAsync(CableWelcome welcome)
    {
        _services.Accounts.NoteAccepted(_journal.Account, _apiKey);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnSubscribedAsync()
    {
        ObservationSpans.WriteConnect(_span, _services.Time.GetUtcNow(), errorType: null, detail: null);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<CableNext> OnMessageAsync(CableMessage message)
    {
        using var reading = _delay.Begin();
        using var turn = await TakeTurnAsync();
        _caughtUpAt = message.CaughtUpAt;
        Interlocked.Exchange(ref _caughtUpTicks, message.CaughtUpAt.UtcTicks);
        Interlocked.Exchange(ref _readTicks, message.ReceivedAt.UtcTicks);
        _journal.Heard?.Add(FrameMark.Of(message));
        if (turn.Positions.Note(message))
            return await HearAsync(turn, ObserverEventReader.Read(message.Body), message.Body, message.ReceivedAt, message.Offset);

        BridgeMetrics.NoteDiscarded();
        return CableNext.GoOn;
    }

    public async ValueTask<CableNext> OnUnreadableAsync(ReadOnlyMemory<byte> frame)
    {
        using var reading = _delay.Begin();
        using var turn = await TakeTurnAsync();
        _journal.Heard?.Add(FrameMark.Of(frame.Span));
        var unreadable = new UnreadableEvent(Type: null, frame, "The frame is not a message of the protocol, or it is too large.");
        return await HearAsync(turn, unreadable, frame, _services.Time.GetUtcNow(), offset: null);
    }

    public ValueTask OnIgnoredAsync()
    {
        BridgeMetrics.NoteDiscarded();
        _services.Logger.FrameDiscarded(_journal.RoomId);
        return ValueTask.CompletedTask;
    }

    public async ValueTask<CableNext> OnHistoryAsync(CableHistoryAnswer answer)
    {
        using var reading = _delay.Begin();
        using var turn = await _journal.TakeTurnAsync();
        if (answer != CableHistoryAnswer.Overdue)
            turn.Positions.Answered(); // while it is overdue, what it repeats can still come
        _hasHistory = answer == CableHistoryAnswer.Granted && !_isOpen;
        return await OpenWithHeldAsync(turn);
    }

    /// <summary>The connection is over: what was received is applied, even if the server had not said whether it has a history.</summary>
    /// <returns><see cref="CableNext.Stop"/> when the meeting was said to be over.</returns>
    public async Task<CableNext> CloseAsync()
    {
        using var turn = await _journal.TakeTurnAsync();
        await OpenWithHeldAsync(turn);
        await turn.FlushAsync();
        return Next;
    }

    private CableNext Next => _isMeetingOver ? CableNext.Stop : CableNext.GoOn;

    /// <summary>Waits while the outbox is full, and for a turn at the room.</summary>
    private async ValueTask<RoomTurn> TakeTurnAsync()
    {
        await _services.Gate.WaitAsync(_stopping);
        return await _journal.TakeTurnAsync();
    }

    private async ValueTask<CableNext> HearAsync(RoomTurn turn, ObserverEvent frame, ReadOnlyMemory<byte> raw, DateTimeOffset at, long? offset)
    {
        if (_hold is { } hold)
        {
            if (hold.TryAdd(frame, raw, at, offset))
                return CableNext.GoOn;
            if (await OpenWithHeldAsync(turn) == CableNext.Stop)
                return CableNext.Stop;
        }

        return await TakeAsync(turn, frame, turn.ContextAt(at, raw), mayEnd: frame is RoomUpdate);
    }

    /// <summary>The server has said whether it has a history, or will not say: what was held back is taken.</summary>
    private async ValueTask<CableNext> OpenWithHeldAsync(RoomTurn turn)
    {
        if (_hold is not { } hold)
            return Next;

        _hold = null;
        if (hold.Frames.Count == 0)
            return Next;

        var frames = hold.InOrder(turn.State, _hasHistory);
        if (!IsResuming(turn, out var gapFrom))
        {
            foreach (var frame in frames)
                await TakeAsync(turn, frame.Event, turn.ContextAt(frame.At, frame.Raw) with { Origin = frame.Origin }, mayEnd: false);
            return await WriteAsync(turn, MeetingChange.None(turn.State), hold.Frames[^1].At, mayEnd: frames.Any(frame => frame.Event is RoomUpdate));
        }

        using var activity = ObservationSpans.StartProcess(turn.RoomId, turn.Account);
        var first = hold.Frames[0];
        NoteResumed(turn, first.At, gapFrom);
        var change = SubscriptionOpening.Resume(turn.State, frames, turn.ContextAt(first.At), gapFrom, _hasHistory);
        activity.Describe(BridgeMetrics.TypeOf(first.Event), FrameOutcomes.Applied, change.Events.Count);
        foreach (var frame in hold.Frames)
            BridgeMetrics.NoteFrame(BridgeMetrics.TypeOf(frame.Event), FrameOutcomes.Applied);
        _isOpen = true;
        _journal.Takeover?.Observed();
        _stateSeen = frames.Any(frame => frame.Origin == EventOrigin.Live && SubscriptionOpening.IsWholeState(frame.Event, turn.RoomId));
        return await WriteAsync(turn, change, hold.Frames[^1].At, mayEnd: true);
    }

    private async ValueTask<CableNext> TakeAsync(RoomTurn turn, ObserverEvent frame, FrameContext context, bool mayEnd)
    {
        using var activity = ObservationSpans.StartProcess(turn.RoomId, turn.Account);
        var former = turn.State;
        var change = _isOpen && _stateSeen ? Meeting.Apply(former, frame, context) : Open(turn, frame, context);
        var type = BridgeMetrics.TypeOf(frame);
        var outcome = OutcomeOf(change, former);
        activity.Describe(type, outcome, change.Events.Count);
        BridgeMetrics.NoteFrame(type, outcome);
        return await WriteAsync(turn, change, context.ObservedAt, mayEnd);
    }

    private async ValueTask<CableNext> WriteAsync(RoomTurn turn, MeetingChange change, DateTimeOffset at, bool mayEnd)
    {
        var heardUntil = _caughtUpAt < at ? _caughtUpAt.Value : at;
        var isEnd = mayEnd && change.State.IsOver;
        _isMeetingOver |= isEnd;
        await (isEnd
            ? turn.HeardEndAsync(change, at, heardUntil, _journal.Intent.Number, _gapFrom)
            : turn.HeardAsync(change, at, heardUntil));
        if (_stateSeen)
            _gapFrom = null; // the meeting goes on
        return Next;
    }

    /// <summary>What is first of a subscription: its first frame of all, and the first that has the whole state.</summary>
    private MeetingChange Open(RoomTurn turn, ObserverEvent frame, FrameContext context)
    {
        var isFirst = !_isOpen;
        _isOpen = true;
        _journal.Takeover?.Observed();
        _stateSeen |= SubscriptionOpening.IsWholeState(frame, turn.RoomId);
        if (!isFirst)
            return SubscriptionOpening.Apply(turn.State, frame, context);

        if (IsResuming(turn, out var gapFrom))
        {
            NoteResumed(turn, context.ObservedAt, gapFrom);
            var heard = new HeardFrame(frame, context.Raw, context.ObservedAt, context.Origin);
            return SubscriptionOpening.Resume(turn.State, [heard], context, gapFrom, _hasHistory);
        }

        _services.Logger.Observing(turn.RoomId, turn.Account);
        return SubscriptionOpening.Start(turn.State, frame, context);
    }

    private static string OutcomeOf(MeetingChange change, MeetingState former) => change.Events switch
    {
        [UnrecognizedEvent] => FrameOutcomes.Unrecognized,
        [] when ReferenceEquals(change.State, former) => FrameOutcomes.Unchanged,
        _ => FrameOutcomes.Applied,
    };

    private void NoteResumed(RoomTurn turn, DateTimeOffset at, DateTimeOffset gapFrom)
    {
        var gap = at - gapFrom;
        _gapFrom = gapFrom;
        _services.Logger.Resumed(turn.RoomId, gap);
        BridgeMetrics.NoteGap(gap, turn.Reason);
    }

    private static bool IsResuming(RoomTurn turn, out DateTimeOffset gapFrom)
    {
        gapFrom = turn.HeardAt ?? default;
        return turn is { Status: ObservationStatus.Interrupted, HeardAt: not null };
    }
}
