using System.Diagnostics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation;

/// <summary>One connection of a room: takes each frame through the normalizer into the journal.</summary>
internal sealed class RoomSession : ICableListener, IDisposable
{
    /// <summary>A server that was asked for its history says within this time whether it has one, or has none.</summary>
    private static readonly TimeSpan HistoryWithin = TimeSpan.FromSeconds(5);

    private const int MostHeld = 1_000;

    private readonly RoomJournal _journal;
    private readonly ObserverServices _services;
    private readonly CancellationTokenSource _reading;
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<OpeningFrame>? _held;
    private ITimer? _historyTimer;
    private bool _stateSeen;

    /// <param name="journal">The room.</param>
    /// <param name="services">What all observers share.</param>
    /// <param name="history">What the server is asked for of the past; null when it is not.</param>
    /// <param name="reading">Cancelled to end the connection politely.</param>
    public RoomSession(RoomJournal journal, ObserverServices services, CableHistory? history, CancellationTokenSource reading)
    {
        _journal = journal;
        _services = services;
        _reading = reading;
        _held = history is null ? null : [];
    }

    /// <summary>Completes once the first frame of the room was taken: the subscription stands.</summary>
    public Task WhenOpen => _open.Task;

    /// <summary>True once the meeting was said to be over.</summary>
    public bool IsMeetingOver { get; private set; }

    /// <summary>True when the outbox was full and reading had to stop.</summary>
    public bool WasHeldUp { get; private set; }

    /// <summary>When the last frame of the room was taken.</summary>
    public DateTimeOffset? TakenUntil { get; private set; }

    public ValueTask OnWelcomeAsync(CableWelcome welcome)
    {
        if (welcome.Sid is null && _held is { Count: 0 })
            _held = null; // the plain protocol has no history to wait for
        return ValueTask.CompletedTask;
    }

    public ValueTask OnSubscribedAsync()
    {
        if (_held is not null)
            _historyTimer ??= _services.Time.CreateTimer(_ => _ = GiveUpHistoryAsync(), state: null, HistoryWithin, Timeout.InfiniteTimeSpan);
        return ValueTask.CompletedTask;
    }

    public async ValueTask OnMessageAsync(CableMessage message)
    {
        if (_services.Gate.IsClosed)
        {
            WasHeldUp = true;
            await _services.Gate.WaitAsync(_reading.Token);
        }

        using var turn = await _journal.TakeTurnAsync();
        if (_journal.Positions.Note(message))
            await HearAsync(ObserverEventReader.Read(message.Body), message.Body, message.ReceivedAt, message.Offset is not null);
    }

    public async ValueTask OnUnreadableAsync(ReadOnlyMemory<byte> frame)
    {
        using var turn = await _journal.TakeTurnAsync();
        var unreadable = new UnreadableEvent(Type: null, frame, "The frame is no message of the protocol, or is too large.");
        await HearAsync(unreadable, frame, _services.Time.GetUtcNow(), hasPosition: false);
    }

    public async ValueTask OnHistoryAsync(bool granted)
    {
        using var turn = await _journal.TakeTurnAsync();
        await OpenWithHeldAsync(granted);
    }

    public void Dispose()
    {
        _held = null;
        _historyTimer?.Dispose();
    }

    private async Task GiveUpHistoryAsync()
    {
        try
        {
            using var turn = await _journal.TakeTurnAsync();
            await OpenWithHeldAsync(granted: false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The session is over; the next one asks again.
        }
    }

    private async ValueTask HearAsync(ObserverEvent frame, ReadOnlyMemory<byte> raw, DateTimeOffset at, bool hasPosition)
    {
        if (IsMeetingOver || _journal.IsFenced)
            return;

        if (_held is { Count: < MostHeld } held)
        {
            held.Add(new OpeningFrame(frame, raw.ToArray(), at, hasPosition ? EventOrigin.Backfill : EventOrigin.Live));
            return;
        }

        await OpenWithHeldAsync(granted: false); // when too many came: the server has no history worth waiting for
        using var activity = BridgeTelemetry.Source.StartActivity("process RoomChannel", ActivityKind.Consumer);
        await TakeAsync(Interpret(new OpeningFrame(frame, raw, at)), at, frame is RoomUpdate);
    }

    /// <summary>The server has said whether it has a history, or will not say: what was held back is taken.</summary>
    private async ValueTask OpenWithHeldAsync(bool granted)
    {
        if (_held is not { } held)
            return;

        _held = null;
        _historyTimer?.Dispose();
        _journal.Positions.Answered();
        if (held.Count == 0 || IsMeetingOver || _journal.IsFenced)
            return;

        // Without a grant nothing is a repeat: what has a position was sent live, after the subscription.
        var frames = granted ? Replayed(held) : held.ConvertAll(frame => frame with { Origin = EventOrigin.Live });
        using var activity = BridgeTelemetry.Source.StartActivity("process RoomChannel", ActivityKind.Consumer);
        if (IsResuming(out var gapFrom))
        {
            var at = frames[^1].At;
            MarkOpen(frames.Any(frame => frame is { Event: RoomUpdate, Origin: EventOrigin.Live }));
            _services.Logger.Resumed(_journal.RoomId, frames[0].At - gapFrom);
            var change = SubscriptionOpening.Resume(_journal.State, frames, _journal.ContextAt(frames[0].At), gapFrom, granted);
            await TakeAsync(change, at, mayEnd: true);
            return;
        }

        foreach (var frame in frames)
            await TakeAsync(Interpret(frame), frame.At, frame.Event is RoomUpdate);
    }

    /// <summary>
    /// A repeated <c>room_update</c> is an older state than the one that the subscription began with; only its end counts.
    /// </summary>
    private static List<OpeningFrame> Replayed(List<OpeningFrame> held) =>
        held.FindAll(frame => frame.Origin == EventOrigin.Live || frame.Event is not RoomUpdate { Room.Shutdown: not true });

    private async ValueTask TakeAsync(MeetingChange change, DateTimeOffset at, bool mayEnd)
    {
        TakenUntil = at;
        await _journal.HeardAsync(change, at);
        IsMeetingOver = mayEnd && change.State.IsOver;
        if (IsMeetingOver || _journal.IsFenced)
            await _reading.CancelAsync();
    }

    private MeetingChange Interpret(OpeningFrame frame)
    {
        var isFirst = !_open.Task.IsCompleted;
        var isFirstState = !_stateSeen && frame.Event is RoomUpdate { Room: not null };
        MarkOpen(isFirstState);

        var context = _journal.ContextAt(frame.At, frame.Raw);
        if (!isFirst)
        {
            return isFirstState
                ? SubscriptionOpening.Apply(_journal.State, frame, context)
                : Meeting.Apply(_journal.State, frame.Event, context with { Origin = frame.Origin });
        }

        if (IsResuming(out var gapFrom))
        {
            _services.Logger.Resumed(_journal.RoomId, frame.At - gapFrom);
            return SubscriptionOpening.Resume(_journal.State, [frame], context, gapFrom, hasHistory: false);
        }

        _services.Logger.Observing(_journal.RoomId, _journal.Account);
        return SubscriptionOpening.Start(_journal.State, frame, context);
    }

    private void MarkOpen(bool stateSeen)
    {
        _open.TrySetResult();
        _stateSeen |= stateSeen;
    }

    private bool IsResuming(out DateTimeOffset gapFrom)
    {
        gapFrom = _journal.HeardAt ?? default;
        return _journal is { Status: ObservationStatus.Interrupted, HeardAt: not null };
    }
}
