namespace EyesonBridge.Observation.Endings;

/// <summary>How an attempt to observe a room ended, as far as it matters for what comes next.</summary>
internal enum ObservationEnding
{
    /// <summary><c>room_update</c> with <c>shutdown: true</c> came.</summary>
    MeetingShutdown,

    /// <summary><c>disconnect</c> with <c>unauthorized</c>, or an upgrade rejected with 401, 403 or 404: bad key or unknown room.</summary>
    Refused,

    /// <summary>Another <c>disconnect</c> that says not to reconnect.</summary>
    ServerFinal,

    /// <summary><c>reject_subscription</c>: the server knows the key, and does not let it observe the room.</summary>
    SubscriptionRejected,

    /// <summary>A <c>disconnect</c> that does not forbid to reconnect, such as <c>server_restart</c>.</summary>
    ServerDisconnected,

    /// <summary>The server closed the socket and said nothing.</summary>
    ServerClosed,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>Not even a ping was received.</summary>
    Silent,

    /// <summary>No connection, no welcome or no confirmation.</summary>
    HandshakeFailed,

    /// <summary>The account of the room is not configured, or its key cannot be read.</summary>
    AccountMissing,

    /// <summary>No attempt was made: Eyeson has already rejected this key, and it has not changed.</summary>
    KeyKnownRefused,

    /// <summary>The room is no longer wanted.</summary>
    NotWanted,

    /// <summary>Another process now owns the room.</summary>
    LeaseLost,

    /// <summary>The bridge is being stopped.</summary>
    ShuttingDown,
}
