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

    [LoggerMessage(8004, LogLevel.Information, "Ignored a webhook for account {Account}: it was received before, or is older than Webhook:ReplayWindow")]
    public static partial void Replayed(this ILogger logger, string account);

    [LoggerMessage(8005, LogLevel.Warning, "Rejecting webhooks: more than {InAll} at a time, or {OfAccount} for one account (Webhook:MaxConcurrent, Webhook:MaxConcurrentPerAccount)")]
    public static partial void TooManyAtATime(this ILogger logger, int inAll, int ofAccount);

    [LoggerMessage(8020, LogLevel.Warning, "Ignored a webhook for account {Account}: the room id in its {EventType} {Problem}")]
    public static partial void UnusableId(this ILogger logger, string account, string? eventType, string problem);
}
