using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>The endings of an open connection, in words.</summary>
internal static class CableEndings
{
    private const int MaxText = 200;

    public static readonly CableEnding Stopped = Of(CableEndingKind.Stopped, "Stopped as requested.");

    public static readonly CableEnding Finished = Of(CableEndingKind.Finished, "The listener ended the connection.");

    public static readonly CableEnding Rejected = Of(CableEndingKind.SubscriptionRejected, "The server rejected the subscription.");

    public static CableEnding Disconnected(string? reason, bool? reconnect)
    {
        var text = Cut(reason);
        return Of(CableEndingKind.Disconnected, $"The server disconnected: {text ?? "no reason given"}.") with { Reason = text, Reconnect = reconnect };
    }

    public static CableEnding Closed(WebSocketCloseStatus? status) =>
        Of(CableEndingKind.Closed, $"The server closed the connection with code {(int?)status}.") with { CloseCode = (int?)status };

    public static CableEnding Overdue(CableOverdue overdue, CableOptions options) => overdue switch
    {
        CableOverdue.Connect => Of(CableEndingKind.ConnectFailed, $"Could not connect within {options.ConnectTimeout.TotalSeconds:0} s."),
        CableOverdue.Welcome => Of(CableEndingKind.WelcomeTimedOut, $"No welcome was received within {options.WelcomeTimeout.TotalSeconds:0} s."),
        CableOverdue.Confirmation => Of(CableEndingKind.ConfirmTimedOut, $"The subscription was not confirmed within {options.ConfirmTimeout.TotalSeconds:0} s."),
        _ => Of(CableEndingKind.Silent, $"Nothing was received for {options.SilenceTimeout.TotalSeconds:0} s."),
    };

    /// <summary>What a failed receive means.</summary>
    public static CableEnding Failure(Exception error)
    {
        var violation = error is WebSocketException
        {
            WebSocketErrorCode: WebSocketError.Faulted or WebSocketError.HeaderError or WebSocketError.InvalidMessageType,
            InnerException: not IOException,
        };
        return violation
            ? Of(CableEndingKind.ProtocolViolation, $"The server violated the WebSocket protocol: {Problem(error)}")
            : Of(CableEndingKind.Reset, $"The connection was lost: {Problem(error)}");
    }

    /// <summary>What went wrong at the bottom of it. The socket itself often says no more than where to look.</summary>
    private static string Problem(Exception error)
    {
        var cause = error.GetBaseException();
        return cause is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted } ? "the socket failed." : cause.Message;
    }

    private static CableEnding Of(CableEndingKind kind, string detail) => new() { Kind = kind, Detail = detail };

    private static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}
