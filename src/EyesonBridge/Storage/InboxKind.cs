namespace EyesonBridge.Storage;

/// <summary>What an entry of a room's inbox is.</summary>
internal enum InboxKind
{
    /// <summary>The body of a webhook.</summary>
    Webhook,

    /// <summary>The host of a watched permalink started the meeting.</summary>
    PermalinkStarted,

    /// <summary>A watched permalink has expired.</summary>
    PermalinkExpired,
}
