using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace EyesonBridge.Eyeson.Cable;

/// <summary>
/// The framework's client: what is sent with the upgrade, and what a failed one means. After the upgrade only the stream
/// below is kept: the client and its HTTP connection hold another 11 KB for each socket.
/// </summary>
/// <param name="certificateCheck">Decides whether the server's certificate is good; null leaves it to the system.</param>
/// <param name="proxy">The proxy to use; null takes that of the environment, as every HTTP client of .NET does.</param>
/// <param name="readInline"><inheritdoc cref="CableOptions.ReadInline" path="/summary"/></param>
internal sealed class ClientWebSocketTransport(RemoteCertificateValidationCallback? certificateCheck, IWebProxy? proxy = null, bool readInline = false)
    : ICableTransport
{
    private const string ExtendedProtocol = "actioncable-v1-ext-json";
    private const string PlainProtocol = "actioncable-v1-json";

    public async Task<WebSocket> ConnectAsync(CableTarget target, CancellationToken cancellationToken)
    {
        UpgradingStream? stream = null;
        Socket? socket = null;
        using var http = NewHttp(opened => socket = opened, opened => stream = opened);
        using var client = NewClient(target);
        try
        {
            await client.ConnectAsync(target.SocketUrl(), http, cancellationToken);
        }
        catch (Exception error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new CableUpgradeException(EndingOf(client, error), error);
        }

        if (readInline)
            InlineReads.TurnOn(socket!);
        return WebSocket.CreateFromStream(stream!.Detach(), new WebSocketCreationOptions
        {
            SubProtocol = client.SubProtocol,
            KeepAliveInterval = TimeSpan.Zero, // the server's pings tell enough
        });
    }

    public void Dispose()
    {
        // Nothing is shared: each attempt has an HTTP client of its own, so that the stream is known to be its stream.
    }

    private HttpMessageInvoker NewHttp(Action<Socket> connected, Action<UpgradingStream> opened) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, // the key goes to nobody else
        UseCookies = false,
        Proxy = proxy,
        SslOptions = { RemoteCertificateValidationCallback = certificateCheck },
        ConnectCallback = async (connection, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(connection.DnsEndPoint, cancellationToken);
                connected(socket);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
        PlaintextStreamFilter = (connection, _) =>
        {
            if (connection.InitialRequestMessage.Method == HttpMethod.Connect)
                return new(connection.PlaintextStream); // the way to the proxy, not that to the server

            var stream = new UpgradingStream(connection.PlaintextStream);
            opened(stream);
            return new(stream);
        },
    });

    private static ClientWebSocket NewClient(CableTarget target)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
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
            return new() { Kind = CableEndingKind.ConnectFailed, Detail = $"Could not connect: {NetworkFailure.Describe(error)}" };

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
