using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Testing.Tls;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>What lies between us and the server's frames: proxies, TLS, and how the bytes come.</summary>
public sealed class ClientWebSocketTransportTests
{
    private const string Message = """{"type":"lock","locked":true}""";

    [Fact]
    public async Task RunAsync_ThroughAProxy_OpensATunnel()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed().Send(PeerScript.Message(Message)).Close());
        await using var proxy = new TunnelProxy();
        var listener = new RecordingListener();

        var ending = await RunAsync(peer.Url, listener, proxy.Address);

        Assert.Equal(CableEndingKind.Closed, ending.Kind);
        Assert.Equal(["welcome", "subscribed", "message " + Message], listener.Rest());
        Assert.Equal([$"CONNECT 127.0.0.1:{peer.Url.Port} HTTP/1.1"], proxy.Requests);
    }

    [Fact]
    public async Task RunAsync_TlsThroughAProxy_TakesTheServersCertificate()
    {
        using var authority = new TestAuthority("Tests");
        using var certificate = authority.Issue("localhost");
        await using var peer = await ScriptedPeer.StartAsync(
            new PeerScript().Subscribed().Send(PeerScript.Message(Message)).Close(), certificate);
        await using var proxy = new TunnelProxy();
        var listener = new RecordingListener();

        var ending = await RunAsync(peer.Url, listener, proxy.Address, trusted: certificate.Thumbprint);

        Assert.Equal(CableEndingKind.Closed, ending.Kind);
        Assert.Equal(["welcome", "subscribed", "message " + Message], listener.Rest());
        Assert.Equal([$"CONNECT localhost:{peer.Url.Port} HTTP/1.1"], proxy.Requests);
    }

    [Fact]
    public async Task RunAsync_TlsWithACertificateThatIsNotTrusted_IsConnectFailed()
    {
        using var authority = new TestAuthority("Tests");
        using var certificate = authority.Issue("localhost");
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Hang(), certificate);

        var ending = await RunAsync(peer.Url, new RecordingListener(), proxy: null, trusted: "another");

        Assert.Equal(CableEndingKind.ConnectFailed, ending.Kind);
        Assert.Empty(peer.Requests); // and so the key was sent to nobody
    }

    [Fact]
    public async Task RunAsync_ProxyThatRefusesTheTunnel_IsConnectFailed()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Hang());
        await using var proxy = new TunnelProxy(refuseWith: 403);

        var address = new UriBuilder(proxy.Address.Address!) { UserName = "user", Password = "proxy-secret" }.Uri;

        var ending = await RunAsync(peer.Url, new RecordingListener(), new WebProxy(address));

        Assert.Equal((CableEndingKind.ConnectFailed, null), (ending.Kind, ending.HttpStatus)); // what a proxy says is nothing that Eyeson says
        Assert.Equal("Could not connect: The proxy refused the tunnel with HTTP status 403.", ending.Detail);
        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task RunAsync_ServerBehindTheProxyThatRefuses_SaysItsStatus()
    {
        await using var peer = await ScriptedPeer.StartAsync(PeerScript.Refuse(401));
        await using var proxy = new TunnelProxy();

        var ending = await RunAsync(peer.Url, new RecordingListener(), proxy.Address);

        Assert.Equal((CableEndingKind.UpgradeRefused, 401), (ending.Kind, ending.HttpStatus));
    }

    [Fact]
    public async Task RunAsync_FramesInOnePacketWithTheHead_AreHeard()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var listener = new RecordingListener();

        var run = RunAsync(new Uri($"http://{server.LocalEndpoint}"), listener, proxy: null);
        using (var peer = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await peer.GetStream().WriteAsync(
                (byte[])[.. Upgrade(await ReadHeadAsync(peer.GetStream())), .. Frame("""{"type":"welcome"}"""), .. Frame(PeerScript.Confirmation)],
                TestContext.Current.CancellationToken);
            Assert.Equal("welcome", await listener.NextAsync());
            Assert.Equal("subscribed", await listener.NextAsync());
        }

        Assert.Equal(CableEndingKind.Reset, (await run).Kind);
    }

    private static async Task<CableEnding> RunAsync(Uri url, RecordingListener listener, WebProxy? proxy, string? trusted = null)
    {
        var transport = new ClientWebSocketTransport(
            (_, certificate, _, _) => string.Equals(certificate?.GetCertHashString(), trusted, StringComparison.Ordinal), proxy);
        using var client = new CableClient(new CableOptions(), TimeProvider.System, transport);
        return await client.Connect(CableFixture.Target(url)).RunAsync(listener, TestContext.Current.CancellationToken);
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = "";
        var buffer = new byte[4096];
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1));
        return head;
    }

    /// <summary>The server's half of the handshake (RFC 6455, section 4.2.2).</summary>
    private static byte[] Upgrade(string request)
    {
        const string Header = "Sec-WebSocket-Key: ";
        var key = request.Split("\r\n").Single(static line => line.StartsWith(Header, StringComparison.OrdinalIgnoreCase))[Header.Length..];
#pragma warning disable CA5350 // the protocol asks for SHA-1; nothing secret hangs on it
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
    }

    /// <summary>A short text frame as a server sends it (RFC 6455, section 5.2).</summary>
    private static byte[] Frame(string text) => [0x81, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];
}
