using System.Diagnostics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation;

/// <summary>One connection of a room: takes each frame through the normalizer into the journal.</summary>
internal sealed class RoomSession(RoomJournal journal, TimeProvider time, ILogger logger, Action stopReading) : ICableListener
{
    private bool _stateSeen;

    /// <summary>True once the first frame of the room came: the subscription stands.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>True once the meeting was said to be over.</summary>
    public bool IsMeetingOver { get; private set; }

    public ValueTask OnWelcomeAsync(CableWelcome welcome) => ValueTask.CompletedTask;

    public ValueTask OnSubscribedAsync() => ValueTask.CompletedTask;

    public ValueTask OnMessageAsync(CableMessage message) =>
        HearAsync(ObserverEventReader.Read(message.Body), message.Body, message.ReceivedAt);

    public ValueTask OnUnreadableAsync(ReadOnlyMemory<byte> frame) =>
        HearAsync(new UnreadableEvent(Type: null, frame, "The frame is no message of the protocol, or is too large."), frame, time.GetUtcNow());

    private async ValueTask HearAsync(ObserverEvent frame, ReadOnlyMemory<byte> raw, DateTimeOffset at)
    {
        if (IsMeetingOver || journal.IsFenced)
            return;

        using var activity = BridgeTelemetry.Source.StartActivity("process RoomChannel", ActivityKind.Consumer);
        var change = Interpret(frame, journal.ContextAt(at, raw), at);
        await journal.HeardAsync(change, at);

        IsMeetingOver = frame is RoomUpdate && change.State.IsOver;
        if (IsMeetingOver || journal.IsFenced)
            stopReading();
    }

    private MeetingChange Interpret(ObserverEvent frame, FrameContext context, DateTimeOffset at)
    {
        var isFirst = !IsOpen;
        var isFirstState = !_stateSeen && frame is RoomUpdate { Room: not null };
        IsOpen = true;
        _stateSeen |= isFirstState;

        if (!isFirst)
            return isFirstState ? SubscriptionOpening.Apply(journal.State, frame, context) : Meeting.Apply(journal.State, frame, context);

        if (journal is { Status: ObservationStatus.Interrupted, HeardAt: { } gapFrom })
        {
            logger.Resumed(journal.RoomId, at - gapFrom);
            return SubscriptionOpening.Resume(journal.State, frame, context, gapFrom);
        }

        logger.Observing(journal.RoomId, journal.Account);
        return SubscriptionOpening.Start(journal.State, frame, context);
    }
}
