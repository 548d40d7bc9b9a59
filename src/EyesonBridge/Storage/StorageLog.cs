namespace EyesonBridge.Storage;

/// <summary>What the storage logs: ids 2000 to 2099.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(2000, LogLevel.Information, "Opened the store {Path} (schema {Schema}); {Entries} events are waiting to be published")]
    public static partial void StoreOpened(ILogger logger, string path, int schema, long entries);

    [LoggerMessage(2001, LogLevel.Information, "Migrated the store {Path} from schema {From} to {To}")]
    public static partial void StoreMigrated(ILogger logger, string path, int from, int to);

    [LoggerMessage(2002, LogLevel.Information, "Took over {Rooms} rooms that were still leased to an earlier run of the bridge")]
    public static partial void LeasesVoided(ILogger logger, int rooms);

    [LoggerMessage(2003, LogLevel.Error, "Writes to the store are failing and will be retried. {Problem}")]
    public static partial void WritesBegunToFail(ILogger logger, string problem);

    [LoggerMessage(2004, LogLevel.Information, "Writes to the store succeed again")]
    public static partial void WritesGoThroughAgain(ILogger logger);

    [LoggerMessage(2005, LogLevel.Error, "A write to the store failed; other writes are not affected")]
    public static partial void WriteFailed(ILogger logger, Exception exception);

    [LoggerMessage(2006, LogLevel.Warning, "Closed the store with {Writes} writes that could not be made; their callers were notified. {Problem}")]
    public static partial void WritesAbandoned(ILogger logger, int writes, string problem);

    [LoggerMessage(2007, LogLevel.Warning, "Closed the store without merging its write-ahead log into the main file; the next start will do that. {Problem}")]
    public static partial void CheckpointFailed(ILogger logger, string problem);

    [LoggerMessage(2008, LogLevel.Warning, "The store {Path} is not the one that was here before (restored from a backup, or moved here): events carry another streamId from now on")]
    public static partial void StreamBegun(ILogger logger, string path);

    [LoggerMessage(2009, LogLevel.Error, "The start waits until there is room for the store. {Problem}")]
    public static partial void StartWaitsForRoom(ILogger logger, string problem);

    [LoggerMessage(2020, LogLevel.Information, "Removed {Rooms} rooms whose observation ended before {EndedUntil:O}")]
    public static partial void RoomsRetired(this ILogger logger, int rooms, DateTimeOffset endedUntil);

    [LoggerMessage(2021, LogLevel.Error, "Removing rooms that have ended failed; will retry")]
    public static partial void RetentionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2040, LogLevel.Warning, "Other users of this machine can {Access} {Path}, which holds tokens and the content of meetings. Restrict that: {Command}")]
    public static partial void OpenToOthers(ILogger logger, string path, string access, string command);
}
