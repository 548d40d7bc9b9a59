namespace EyesonBridge.Bus;

/// <summary>What the bus logs; ids 6000 to 6099, never used for anything else.</summary>
internal static partial class BusLog
{
    [LoggerMessage(6000, LogLevel.Warning, "A command was put aside unheeded. {Refusal}")]
    public static partial void AnswerUndeliverable(this ILogger logger, string refusal);
}
