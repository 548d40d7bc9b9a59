namespace EyesonBridge.Storage.Postgres;

/// <summary>What replicas log about each other: ids 7100 to 7149.</summary>
internal static partial class ReplicaLog
{
    [LoggerMessage(7100, LogLevel.Warning, "The lease of this replica could not be renewed in time; it reads and publishes nothing until it can. {Problem}")]
    public static partial void LeaseLapsed(ILogger logger, string problem);

    [LoggerMessage(7101, LogLevel.Information, "The lease of this replica is renewed again; it still publishes {Rooms} rooms")]
    public static partial void LeaseHeldAgain(ILogger logger, int rooms);

    [LoggerMessage(7102, LogLevel.Information, "Took over {Rooms} rooms of replicas that are gone")]
    public static partial void TookOver(ILogger logger, int rooms);

    [LoggerMessage(7103, LogLevel.Information, "Publishes what replicas that are gone left of {Rooms} rooms")]
    public static partial void TookOverPublishing(ILogger logger, int rooms);

    [LoggerMessage(7104, LogLevel.Information, "Looks after {Duty} from now on, for all replicas")]
    public static partial void TookDuty(ILogger logger, string duty);

    [LoggerMessage(7105, LogLevel.Information, "Leaves {Duty} to another replica")]
    public static partial void GaveUpDuty(ILogger logger, string duty);
}
