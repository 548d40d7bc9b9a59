namespace EyesonBridge.Webhooks;

/// <summary>What receiving webhooks logs; ids 8000 to 8099, never used for anything else.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(8000, LogLevel.Warning, "Rejected a webhook for account {Account}: {Problem}")]
    public static partial void Refused(this ILogger logger, string account, string problem);

    [LoggerMessage(8001, LogLevel.Debug, "Accepted a webhook for account {Account}: {EventType} of room {RoomId}")]
    public static partial void Taken(this ILogger logger, string account, string? eventType, string? roomId);

    [LoggerMessage(8002, LogLevel.Warning, "Ignored a webhook for account {Account} because it names no room: {EventType}")]
    public static partial void WithoutRoom(this ILogger logger, string account, string? eventType);

    [LoggerMessage(8003, LogLevel.Warning, "Ignored a webhook for account {Account}: {EventType} of room {RoomId}, which belongs to account {Owner}")]
    public static partial void OfOtherAccount(this ILogger logger, string account, string? eventType, string roomId, string owner);
}
