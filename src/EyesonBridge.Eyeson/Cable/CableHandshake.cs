using System.Net;
using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>The HTTP side of a connection: what is sent with the upgrade, and what a failed one means.</summary>
internal static class CableHandshake
{
    public const string ExtendedProtocol = "actioncable-v1-ext-json";
    public const string PlainProtocol = "actioncable-v1-json";

    public static ClientWebSocket NewSocket(CableTarget target)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero; // the server's pings tell enough
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.AddSubProtocol(ExtendedProtocol);
        socket.Options.AddSubProtocol(PlainProtocol);
        if (target.Authorization == CableAuthorization.Subprotocol)
            socket.Options.AddSubProtocol(target.ApiKey);
        if (target.Authorization == CableAuthorization.Header)
            socket.Options.SetRequestHeader("Authorization", target.ApiKey);
        return socket;
    }

    /// <summary>The ending for an upgrade that failed with <paramref name="error"/>.</summary>
    public static CableEnding Failure(ClientWebSocket socket, Exception error)
    {
        var status = (int)socket.HttpStatusCode;
        if (status == 0)
            return new() { Kind = CableEndingKind.ConnectFailed, Detail = $"Could not connect: {error.GetBaseException().Message}" };

        if (status != (int)HttpStatusCode.SwitchingProtocols)
        {
            return new()
            {
                Kind = CableEndingKind.UpgradeRefused,
                HttpStatus = status,
                Detail = $"The server answered the upgrade with HTTP status {status}.",
            };
        }

        // The exception names the subprotocols that were offered, the key among them: not repeated here.
        return new()
        {
            Kind = CableEndingKind.ProtocolViolation,
            Detail = "The server's upgrade to WebSocket is not valid, or it chose a subprotocol that was not offered.",
        };
    }
}
