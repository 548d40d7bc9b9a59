namespace EyesonBridge.Eyeson.Cable;

/// <summary>What a server says to <see cref="CableTarget.History"/>.</summary>
public enum CableHistoryAnswer
{
    /// <summary>The missed messages have come.</summary>
    Granted,

    /// <summary>It has none, or no longer the one that was asked for.</summary>
    Refused,

    /// <summary>Nothing yet, and <see cref="CableOptions.HistoryTimeout"/> has passed. The answer, and messages, can still come.</summary>
    Overdue,
}
