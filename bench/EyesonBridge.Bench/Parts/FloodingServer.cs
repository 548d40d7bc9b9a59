using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace EyesonBridge.Bench.Parts;

/// <summary>
/// Upgrades one connection, welcomes it, confirms its subscription, and then sends the same message over and over, many
/// in one write: so it takes next to nothing, and the time is the receiver's.
/// </summary>
internal sealed class FloodingServer : IDisposable
{
    private const int MessagesAWrite = 100;

    private static readonly byte[] Welcome = Frame("""{"type":"welcome"}""");

    private static readonly byte[] Confirmation =
        Frame("""{"identifier":"{\"channel\":\"RoomChannel\"}","type":"confirm_subscription"}""");

    private static readonly byte[] Messages = [.. Enumerable.Repeat(
        Frame("""{"identifier":"{\"channel\":\"RoomChannel\"}","message":{"type":"chat","content":"Hello everyone, can you all see the slides now?","cid":"6576daf01f138900153d0764","user_id":"test@observer.com","created_at":"2023-12-11T09:59:33.892Z"}}"""),
        MessagesAWrite).SelectMany(static frame => frame)];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FloodingServer() => _listener.Start();

    public Uri Url => new($"ws://{_listener.LocalEndpoint}/");

    /// <summary>Completes when all has been sent and the peer has said that it closes.</summary>
    public async Task ServeAsync(int messages)
    {
        using var peer = await _listener.AcceptTcpClientAsync();
        peer.NoDelay = true;
        var stream = peer.GetStream();
        var buffer = new byte[4096];
        await stream.WriteAsync(Upgrade(await ReadRequestAsync(stream, buffer)));
        await stream.WriteAsync(Welcome);
        _ = await stream.ReadAtLeastAsync(buffer, 1);
        await stream.WriteAsync(Confirmation);
        for (var sent = 0; sent < messages; sent += MessagesAWrite)
            await stream.WriteAsync(Messages);
        _ = await stream.ReadAtLeastAsync(buffer, 1, throwOnEndOfStream: false);
    }

    public void Dispose() => _listener.Dispose();

    private static async Task<string> ReadRequestAsync(NetworkStream stream, byte[] buffer)
    {
        var request = "";
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
            request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1));
        return request;
    }

    /// <summary>The server's half of the handshake (RFC 6455, 4.2.2).</summary>
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

    /// <summary>A text frame in one piece (RFC 6455, 5.2), not masked, as a server's.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        if (payload.Length < 126)
            return [0x81, (byte)payload.Length, .. payload];

        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
        return [0x81, 126, .. length, .. payload];
    }
}
