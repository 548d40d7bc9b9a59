namespace EyesonBridge.Management.Status;

/// <summary>What is logged of the status page: ids 6100 to 6119.</summary>
internal static partial class StatusLog
{
    [LoggerMessage(6100, LogLevel.Warning, "Another replica asked how this one stands, and that could not be told; its status page says that this replica does not answer")]
    public static partial void AnswerFailed(this ILogger logger, Exception exception);
}
