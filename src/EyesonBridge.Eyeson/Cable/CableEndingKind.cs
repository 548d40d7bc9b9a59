namespace EyesonBridge.Eyeson.Cable;

/// <summary>Why a connection ended.</summary>
public enum CableEndingKind
{
    /// <summary>The caller wanted it.</summary>
    Stopped,

    /// <summary>The listener wanted to hear no more: it said <see cref="CableNext.Stop"/>.</summary>
    Finished,

    /// <summary>The server sent a <c>disconnect</c> message; its <see cref="CableEnding.Reason"/> and <see cref="CableEnding.Reconnect"/> count.</summary>
    Disconnected,

    /// <summary>The server closed the WebSocket without saying why. The close code says nothing either.</summary>
    Closed,

    /// <summary>The connection was lost: FIN without a close frame, or RST.</summary>
    Reset,

    /// <summary>No frame came for <see cref="CableOptions.SilenceTimeout"/>.</summary>
    Silent,

    /// <summary>No connection: name, TCP, TLS, or no answer within <see cref="CableOptions.ConnectTimeout"/>.</summary>
    ConnectFailed,

    /// <summary>The server answered the upgrade with another status than 101; see <see cref="CableEnding.HttpStatus"/>.</summary>
    UpgradeRefused,

    /// <summary>No <c>welcome</c> within <see cref="CableOptions.WelcomeTimeout"/>.</summary>
    WelcomeTimedOut,

    /// <summary>No answer to the subscription within <see cref="CableOptions.ConfirmTimeout"/>.</summary>
    ConfirmTimedOut,

    /// <summary>The server sent <c>reject_subscription</c>.</summary>
    SubscriptionRejected,

    /// <summary>What the server sends is no valid WebSocket, or it chose a subprotocol that was not offered.</summary>
    ProtocolViolation,
}
