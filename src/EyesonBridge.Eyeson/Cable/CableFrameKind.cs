namespace EyesonBridge.Eyeson.Cable;

/// <summary>What a frame of ActionCable is.</summary>
internal enum CableFrameKind
{
    /// <summary>No JSON object, or neither a type nor a message.</summary>
    Unreadable,

    /// <summary>Of another channel, or of a type that means nothing to us.</summary>
    Irrelevant,
    Welcome,
    Ping,
    Confirmation,
    Rejection,
    Disconnect,
    Message,
    HistoryConfirmation,
    HistoryRejection,
}
