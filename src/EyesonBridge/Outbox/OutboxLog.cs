namespace EyesonBridge.Outbox;

/// <summary>What dispatching logs; ids 4000 to 4099, never used for anything else.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(4000, LogLevel.Warning, "Publishing failed ({Problem}); events stay in the outbox and will be retried")]
    public static partial void PublishingFailed(this ILogger logger, string problem);

    [LoggerMessage(4001, LogLevel.Information, "Publishing works again; {Waiting} events are waiting in the outbox")]
    public static partial void PublishingRecovered(this ILogger logger, long waiting);

    [LoggerMessage(4002, LogLevel.Error, "Event {EventId} of room {RoomId} ({EventType}) cannot be read from the outbox; it and the room's later events will wait until a version that can read it is started")]
    public static partial void EntryUnreadable(this ILogger logger, Guid eventId, string roomId, string eventType, Exception exception);

    [LoggerMessage(4003, LogLevel.Information, "Dispatcher stopped; {Waiting} events remain in the outbox for the next start")]
    public static partial void DispatcherStopped(this ILogger logger, long waiting);

    [LoggerMessage(4004, LogLevel.Error, "A dispatcher round failed; continuing with the next one")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4005, LogLevel.Warning, "No queue is bound to {EventType}: the broker discards such events. Further ones are counted but not logged")]
    public static partial void Unrouted(this ILogger logger, string eventType);

    [LoggerMessage(4006, LogLevel.Error, "The broker does not take the events of room {RoomId} ({EventType}: {Problem}); they stay in the outbox and will be retried, those of other rooms are published")]
    public static partial void RoomHeldUp(this ILogger logger, string roomId, string eventType, string problem);

    [LoggerMessage(4007, LogLevel.Information, "The broker takes the events of room {RoomId} again")]
    public static partial void RoomGoesOn(this ILogger logger, string roomId);

    [LoggerMessage(4020, LogLevel.Warning, "Event {EventId} of room {RoomId} ({EventType}) was skipped by a command; the room's later events are published")]
    public static partial void Skipped(this ILogger logger, Guid eventId, string roomId, string eventType);

    [LoggerMessage(4021, LogLevel.Information, "Put back {Count} skipped events; they are published behind what was waiting")]
    public static partial void Replayed(this ILogger logger, int count);

    [LoggerMessage(4060, LogLevel.Warning, "Stopped before all that was published could be deleted from the outbox; it will be published again after the next start, with the same ids")]
    public static partial void DeletesLeft(this ILogger logger);
}
