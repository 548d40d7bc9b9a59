namespace EyesonBridge.Permalinks;

/// <summary>What watching permalinks logs; ids 9000 to 9099, never used for anything else. Tokens never appear, ids of permalinks do.</summary>
internal static partial class PermalinkLog
{
    [LoggerMessage(9000, LogLevel.Information, "Watching permalink {PermalinkId} for account {Account}")]
    public static partial void Watching(this ILogger logger, string? permalinkId, string account);

    [LoggerMessage(9001, LogLevel.Information, "The meeting of permalink {PermalinkId} started in room {RoomId}")]
    public static partial void MeetingStarted(this ILogger logger, string permalinkId, string roomId);

    [LoggerMessage(9002, LogLevel.Information, "Permalink {PermalinkId} has expired; it is no longer watched")]
    public static partial void Expired(this ILogger logger, string permalinkId);

    [LoggerMessage(9003, LogLevel.Warning, "Eyeson does not know permalink {PermalinkId}; it is no longer watched")]
    public static partial void Unknown(this ILogger logger, string? permalinkId);

    [LoggerMessage(9004, LogLevel.Warning, "Eyeson does not answer permalink requests ({Problem}); will keep trying")]
    public static partial void NotAnswered(this ILogger logger, string problem);

    [LoggerMessage(9005, LogLevel.Error, "Watching permalinks failed; will retry")]
    public static partial void WatchingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(9006, LogLevel.Information, "Permalink {PermalinkId} is no longer wanted")]
    public static partial void Stopped(this ILogger logger, string? permalinkId);

    [LoggerMessage(9007, LogLevel.Information, "Started the meeting of a permalink in room {RoomId} on behalf of its host")]
    public static partial void StartedAsHost(this ILogger logger, string roomId);

    [LoggerMessage(9008, LogLevel.Information, "Created a guest for room {RoomId}")]
    public static partial void GuestCreated(this ILogger logger, string roomId);

    [LoggerMessage(9009, LogLevel.Information, "Eyeson answers permalink requests again")]
    public static partial void Answers(this ILogger logger);

    [LoggerMessage(9010, LogLevel.Warning, "Room {RoomId} of permalink {PermalinkId} is already being observed with another account's key; it will be observed with that of account {Account} afterwards, if its meeting still runs")]
    public static partial void ObservedByOther(this ILogger logger, string roomId, string permalinkId, string account);

    [LoggerMessage(9020, LogLevel.Warning, "The room of permalink {PermalinkId} cannot be observed: its id {Problem}")]
    public static partial void UnusableRoom(this ILogger logger, string? permalinkId, string problem);
}
