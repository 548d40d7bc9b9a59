namespace EyesonBridge.Discovery;

/// <summary>What discovery logs; ids 7000 to 7099, never used for anything else.</summary>
internal static partial class DiscoveryLog
{
    [LoggerMessage(7000, LogLevel.Information, "Discovered room {RoomId} running for account {Account}")]
    public static partial void Found(this ILogger logger, string roomId, string account);

    [LoggerMessage(7001, LogLevel.Warning, "Account {Account} has {Running} meetings running, but only {Limit} will be observed (Discovery:MaxRooms)")]
    public static partial void TooMany(this ILogger logger, string account, int running, int limit);

    [LoggerMessage(7002, LogLevel.Warning, "Could not get the running meetings of account {Account} from Eyeson ({Problem}); will retry in each round")]
    public static partial void NotAnswered(this ILogger logger, string account, string problem);

    [LoggerMessage(7003, LogLevel.Error, "Discovering the meetings of account {Account} failed; continuing with the next round")]
    public static partial void RoundFailed(this ILogger logger, string account, Exception exception);

    [LoggerMessage(7004, LogLevel.Warning, "Room {RoomId}, running for account {Account}, is already being observed with the key of account {Other}; it will be observed with its own afterwards, if its meeting still runs")]
    public static partial void ObservedByOther(this ILogger logger, string roomId, string account, string other);

    [LoggerMessage(7020, LogLevel.Warning, "Account {Account} has {Count} meetings running that cannot be observed: a room id must be {Rule}")]
    public static partial void UnusableIds(this ILogger logger, string account, int count, string rule);
}
