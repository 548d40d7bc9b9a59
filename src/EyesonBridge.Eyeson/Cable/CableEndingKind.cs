namespace EyesonBridge.Eyeson.Cable;

/// <summary>Why a connection ended.</summary>
public enum CableEndingKind
{
    /// <summary>The caller requested it.</summary>
    Stopped,

    /// <summary>The listener returned <see cref="CableNext.Stop"/>.</summary>
    Finished,

    /// <summary>The server sent a <c>disconnect</c> message; its <see cref="CableEnding.Reason"/> and <see cref="CableEnding.Reconnect"/> count.</summary>
    Disconnected,

    /// <summary>The server closed the WebSocket without a reason. The close code gives none either.</summary>
    Closed,

    /// <summary>The connection was lost: FIN without a close frame, or RST.</summary>
    Reset,

    /// <summary>No frame was received for <see cref="CableOptions.SilenceTimeout"/>.</summary>
    Silent,

    /// <summary>No connection: name resolution, TCP, TLS, or no answer within <see cref="CableOptions.ConnectTimeout"/>.</summary>
    ConnectFailed,

    /// <summary>The server answered the upgrade with a status other than 101; see <see cref="CableEnding.HttpStatus"/>.</summary>
    UpgradeRefused,

    /// <summary>No <c>welcome</c> within <see cref="CableOptions.WelcomeTimeout"/>.</summary>
    WelcomeTimedOut,

    /// <summary>No answer to the subscription within <see cref="CableOptions.ConfirmTimeout"/>.</summary>
    ConfirmTimedOut,

    /// <summary>The server sent <c>reject_subscription</c>.</summary>
    SubscriptionRejected,

    /// <summary>The server violated the WebSocket protocol, or chose a subprotocol that was not offered.</summary>
    ProtocolViolation,
}
