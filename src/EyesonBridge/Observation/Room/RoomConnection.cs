using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Observation.Gaps;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>One connection of a room: takes each frame through the normalizer into the journal.</summary>
internal sealed class RoomConnection : ICableListener, IDisposable
{
    /// <summary>A server that was asked for its history says within this time whether it has one, or has none.</summary>
    private static readonly TimeSpan HistoryWithin = TimeSpan.FromSeconds(5);

    private const int MostHeld = 1_000;

    private readonly RoomJournal _journal;
    private readonly ObserverServices _services;
    private readonly string _apiKey;
    private readonly CancellationTokenSource _reading;
    private readonly ReadingDelay _delay;
    private readonly ConnectSpan _attempt;
    private List<HeardFrame>? _held;
    private DateTimeOffset? _caughtUpAt;
    private ITimer? _historyTimer;
    private Task _givingUp = Task.CompletedTask;
    private bool _hasHistory;
    private bool _isOpen;
    private bool _stateSeen;

    /// <param name="journal">The room.</param>
    /// <param name="services">What all observers share.</param>
    /// <param name="apiKey">The key that the connection is opened with.</param>
    /// <param name="history">What the server is asked for of the past; null when it is not.</param>
    /// <param name="reading">Cancelled to end the connection politely.</param>
    /// <param name="attempt">The attempt to connect, for its span.</param>
    public RoomConnection(
        RoomJournal journal, ObserverServices services, string apiKey, CableHistory? history, CancellationTokenSource reading, in ConnectSpan attempt)
    {
        _journal = journal;
        _services = services;
        _apiKey = apiKey;
        _reading = reading;
        _attempt = attempt;
        _delay = new ReadingDelay(services.Time);
        _held = history is null ? null : [];
    }

    /// <summary>True once the meeting was said to be over.</summary>
    public bool IsMeetingOver { get; private set; }

    /// <summary>Since when frames were read late, because the store or the outbox took nothing; null while all goes well.</summary>
    public DateTimeOffset? HeldUpSince => _delay.Since;

    public ValueTask OnWelcomeAsync(CableWelcome welcome)
    {
        _services.Accounts.NoteAccepted(_journal.Account, _apiKey);
        if (welcome.Sid is null && _held is { Count: 0 })
            _held = null; // the plain protocol has no history to wait for
        return ValueTask.CompletedTask;
    }

    public ValueTask OnSubscribedAsync()
    {
        ObservationSpans.WriteConnect(_attempt, _services.Time.GetUtcNow(), errorType: null, detail: null);
        if (_held is not null)
            _historyTimer ??= _services.Time.CreateTimer(_ => _givingUp = GiveUpHistoryAsync(), state: null, HistoryWithin, Timeout.InfiniteTimeSpan);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnMessageAsync(CableMessage message) =>
        InTurnAsync(() =>
        {
            _caughtUpAt = message.CaughtUpAt;
            if (_journal.Positions.Note(message))
                return HearAsync(ObserverEventReader.Read(message.Body), message.Body, message.ReceivedAt, message.Offset);

            BridgeMetrics.NoteDiscarded();
            return ValueTask.CompletedTask;
        });

    public ValueTask OnUnreadableAsync(ReadOnlyMemory<byte> frame) =>
        InTurnAsync(() => HearAsync(
            new UnreadableEvent(Type: null, frame, "The frame is no message of the protocol, or is too large."),
            frame,
            _services.Time.GetUtcNow(),
            offset: null));

    public ValueTask OnIgnoredAsync()
    {
        BridgeMetrics.NoteDiscarded();
        _services.Logger.FrameDiscarded(_journal.RoomId);
        return ValueTask.CompletedTask;
    }

    public async ValueTask OnHistoryAsync(bool granted)
    {
        using var turn = await _journal.TakeTurnAsync();
        _journal.Positions.Answered();
        _hasHistory = granted && !_isOpen;
        await OpenWithHeldAsync();
    }

    /// <summary>The connection is over: what was heard is taken, also when the server had not said whether it has a history.</summary>
    public async Task CloseAsync()
    {
        _historyTimer?.Dispose();
        await _givingUp;
        using var turn = await _journal.TakeTurnAsync();
        await OpenWithHeldAsync();
        await _journal.FlushAsync();
    }

    public void Dispose() => _historyTimer?.Dispose();

    /// <summary>Waits while the outbox is full, and until nobody else changes the room.</summary>
    private async ValueTask InTurnAsync(Func<ValueTask> take)
    {
        var begun = _services.Time.GetUtcNow();
        try
        {
            await _services.Gate.WaitAsync(_reading.Token);
            using var turn = await _journal.TakeTurnAsync();
            await take();
        }
        finally
        {
            _delay.Note(begun);
        }
    }

    private async Task GiveUpHistoryAsync()
    {
        try
        {
            using var turn = await _journal.TakeTurnAsync();
            await OpenWithHeldAsync();
        }
        catch
        {
            await _reading.CancelAsync();
            throw;
        }
    }

    private async ValueTask HearAsync(ObserverEvent frame, ReadOnlyMemory<byte> raw, DateTimeOffset at, long? offset)
    {
        if (IsMeetingOver || _journal.IsFenced)
        {
            BridgeMetrics.NoteFrame(BridgeMetrics.TypeOf(frame), FrameOutcomes.Discarded);
            return;
        }

        if (_held is { Count: < MostHeld } held)
        {
            held.Add(new HeardFrame(frame, raw.ToArray(), at, Offset: offset));
            return;
        }

        await OpenWithHeldAsync(); // when too many came: the server has no history worth waiting for
        await TakeAsync(new HeardFrame(frame, raw, at, Offset: offset));
    }

    /// <summary>The server has said whether it has a history, or will not say: what was held back is taken.</summary>
    private async ValueTask OpenWithHeldAsync()
    {
        if (_held is not { } held)
            return;

        _held = null;
        if (held.Count == 0 || IsMeetingOver || _journal.IsFenced)
            return;

        var frames = HistoryReplay.InOrder(held, _journal.State, _hasHistory);
        if (!IsResuming(out var gapFrom))
        {
            foreach (var frame in frames)
                await TakeAsync(frame);
            return;
        }

        using var activity = ObservationSpans.StartProcess(_journal.RoomId, _journal.Account);
        NoteResumed(held[0].At - gapFrom);
        var change = SubscriptionOpening.Resume(_journal.State, frames, _journal.ContextAt(held[0].At), gapFrom, _hasHistory);
        activity.Describe(BridgeMetrics.TypeOf(held[0].Event), FrameOutcomes.Applied, change.Events.Count);
        foreach (var frame in held)
            BridgeMetrics.NoteFrame(BridgeMetrics.TypeOf(frame.Event), FrameOutcomes.Applied);
        _isOpen = true;
        _stateSeen = frames.Any(frame => frame is { Event: RoomUpdate { Room: not null }, Origin: EventOrigin.Live });
        await TakeAsync(change, held[^1].At, mayEnd: true);
    }

    private async ValueTask TakeAsync(HeardFrame frame)
    {
        using var activity = ObservationSpans.StartProcess(_journal.RoomId, _journal.Account);
        var former = _journal.State;
        var change = Interpret(frame);
        var type = BridgeMetrics.TypeOf(frame.Event);
        var outcome = OutcomeOf(change, former);
        activity.Describe(type, outcome, change.Events.Count);
        BridgeMetrics.NoteFrame(type, outcome);
        await TakeAsync(change, frame.At, frame.Event is RoomUpdate);
    }

    private async ValueTask TakeAsync(MeetingChange change, DateTimeOffset at, bool mayEnd)
    {
        await _journal.HeardAsync(change, at, _caughtUpAt < at ? _caughtUpAt.Value : at);
        IsMeetingOver |= mayEnd && change.State.IsOver;
        if (IsMeetingOver || _journal.IsFenced)
            await _reading.CancelAsync();
    }

    private MeetingChange Interpret(HeardFrame frame)
    {
        var isFirst = !_isOpen;
        var isFirstState = !_stateSeen && frame.Event is RoomUpdate { Room: not null };
        _isOpen = true;
        _stateSeen |= isFirstState;

        var context = _journal.ContextAt(frame.At, frame.Raw);
        if (!isFirst)
        {
            return isFirstState
                ? SubscriptionOpening.Apply(_journal.State, frame, context)
                : Meeting.Apply(_journal.State, frame.Event, context with { Origin = frame.Origin });
        }

        if (IsResuming(out var gapFrom))
        {
            NoteResumed(frame.At - gapFrom);
            return SubscriptionOpening.Resume(_journal.State, [frame], context, gapFrom, _hasHistory);
        }

        _services.Logger.Observing(_journal.RoomId, _journal.Account);
        return SubscriptionOpening.Start(_journal.State, frame, context);
    }

    private static string OutcomeOf(MeetingChange change, MeetingState former) => change.Events switch
    {
        [UnrecognizedEvent] => FrameOutcomes.Unrecognized,
        [] when ReferenceEquals(change.State, former) => FrameOutcomes.Unchanged,
        _ => FrameOutcomes.Applied,
    };

    private void NoteResumed(TimeSpan gap)
    {
        _services.Logger.Resumed(_journal.RoomId, gap);
        BridgeMetrics.NoteGap(gap, _journal.Reason);
    }

    private bool IsResuming(out DateTimeOffset gapFrom)
    {
        gapFrom = _journal.HeardAt ?? default;
        return _journal is { Status: ObservationStatus.Interrupted, HeardAt: not null };
    }
}
