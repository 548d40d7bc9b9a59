namespace EyesonBridge.Outbox;

/// <summary>What dispatching logs; ids 4000 to 4099, never used for anything else.</summary>
internal static partial class OutboxLog
{
    [LoggerMessage(4000, LogLevel.Warning, "Publishing failed ({Problem}); events stay in the outbox and are tried again")]
    public static partial void PublishingFailed(this ILogger logger, string problem);

    [LoggerMessage(4001, LogLevel.Information, "Publishing works again; {Waiting} events wait in the outbox")]
    public static partial void PublishingRecovered(this ILogger logger, long waiting);

    [LoggerMessage(4002, LogLevel.Error, "Event {EventId} of room {RoomId} ({EventType}) cannot be read from the outbox; this and the room's later events wait for a start of a version that can")]
    public static partial void EntryUnreadable(this ILogger logger, Guid eventId, string roomId, string eventType, Exception exception);

    [LoggerMessage(4003, LogLevel.Information, "Dispatcher stopped; {Waiting} events wait in the outbox for the next start")]
    public static partial void DispatcherStopped(this ILogger logger, long waiting);

    [LoggerMessage(4004, LogLevel.Error, "The dispatcher failed in a round; it goes on with the next one")]
    public static partial void RoundFailed(this ILogger logger, Exception exception);

    [LoggerMessage(4005, LogLevel.Warning, "No queue is bound to {EventType}: the broker has no reader for such events. Further ones are counted, not logged")]
    public static partial void Unrouted(this ILogger logger, string eventType);
}
