namespace EyesonBridge.Bus;

/// <summary>What the bus logs; ids 6000 to 6099, never used for anything else.</summary>
internal static partial class BusLog
{
    [LoggerMessage(6000, LogLevel.Warning, "A command was moved to the undeliverable queue without being run. {Refusal}")]
    public static partial void AnswerUndeliverable(this ILogger logger, string refusal);

    [LoggerMessage(6001, LogLevel.Warning, "Cannot reach the broker; still trying. {Problem}")]
    public static partial void BrokerUnreachable(this ILogger logger, string problem);

    [LoggerMessage(6002, LogLevel.Information, "Connected to the broker again")]
    public static partial void BrokerReachable(this ILogger logger);

    [LoggerMessage(6040, LogLevel.Warning, "Failed and dropped {Command}, which carries a token. {Reason}")]
    public static partial void CommandDropped(this ILogger logger, string command, string reason);

    [LoggerMessage(6041, LogLevel.Warning, "The queue {Queue} was declared by an earlier version, and what expires there moves on to the undeliverable queue. Empty it once: the next message for it then declares it anew")]
    public static partial void QueueOfEarlierVersion(this ILogger logger, string queue);

    [LoggerMessage(6080, LogLevel.Error, "The broker does not let the bridge do its work; still trying. {Problem}")]
    public static partial void BrokerRefuses(this ILogger logger, string problem);
}
