using System.Net;
using System.Net.Security;
using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>The framework's client: what is sent with the upgrade, and what a failed one means.</summary>
internal sealed class ClientWebSocketTransport : ICableTransport
{
    private const string ExtendedProtocol = "actioncable-v1-ext-json";
    private const string PlainProtocol = "actioncable-v1-json";

    private readonly HttpMessageInvoker _http;

    /// <param name="certificateCheck">Decides whether the server's certificate is good; null leaves it to the system.</param>
    public ClientWebSocketTransport(RemoteCertificateValidationCallback? certificateCheck) =>
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // the key goes to nobody else
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = certificateCheck },
        });

    public async Task<WebSocket> ConnectAsync(CableTarget target, CancellationToken cancellationToken)
    {
        var socket = NewSocket(target);
        try
        {
            await socket.ConnectAsync(target.SocketUrl(), _http, cancellationToken);
            return socket;
        }
        catch (Exception error)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new CableUpgradeException(EndingOf(socket, error), error);
        }
    }

    public void Dispose() => _http.Dispose();

    private static ClientWebSocket NewSocket(CableTarget target)
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

    private static CableEnding EndingOf(ClientWebSocket socket, Exception error)
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
            Detail = "The server's WebSocket upgrade response is not valid, or it chose a subprotocol that was not offered.",
        };
    }
}
