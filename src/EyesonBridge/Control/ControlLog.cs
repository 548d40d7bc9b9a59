namespace EyesonBridge.Control;

/// <summary>What the control queue logs; ids 5000 to 5099, never used for anything else.</summary>
internal static partial class ControlLog
{
    [LoggerMessage(5000, LogLevel.Information, "Room {RoomId} of account {Account} registered")]
    public static partial void RoomRegistered(this ILogger logger, string roomId, string account);

    [LoggerMessage(5001, LogLevel.Information, "Room {RoomId} unregistered")]
    public static partial void RoomUnregistered(this ILogger logger, string roomId);

    [LoggerMessage(5002, LogLevel.Warning, "Command rejected ({Code}): {Message}")]
    public static partial void CommandRejected(this ILogger logger, string code, string message);

    [LoggerMessage(5003, LogLevel.Warning, "Room {RoomId} is already being observed with the key of account {Account}, not with that of {Asked}")]
    public static partial void ObservedByOther(this ILogger logger, string roomId, string account, string asked);

    [LoggerMessage(5020, LogLevel.Warning, "The room of a permalink whose meeting was started is not observed: its id {Problem}")]
    public static partial void NotObservable(this ILogger logger, string problem);

    [LoggerMessage(5040, LogLevel.Warning, "Rejected and dropped {Command}, which carries a token and was not sent as a request ({Code}): {Message}")]
    public static partial void CommandDropped(this ILogger logger, string command, string code, string message);
}
