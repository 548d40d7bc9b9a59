using System.Security.Cryptography;
using System.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>The head of a request, and the answers to it.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Target">Path and query.</param>
/// <param name="WebSocketKey">The key of an upgrade; null when none is asked for.</param>
/// <param name="Protocols">The subprotocols that are offered.</param>
/// <param name="ContentLength">How much follows.</param>
internal sealed record HttpHead(string Method, string Target, string? WebSocketKey, string Protocols, int ContentLength)
{
    private const string Protocol = "actioncable-v1-json";

    public static HttpHead Parse(string head)
    {
        string? key = null;
        var protocols = "";
        var length = 0;
        var lines = head.Split("\r\n");
        foreach (var line in lines.Skip(1))
        {
            if (line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase))
                key = line["Sec-WebSocket-Key:".Length..].Trim();
            else if (line.StartsWith("Sec-WebSocket-Protocol:", StringComparison.OrdinalIgnoreCase))
                protocols += line["Sec-WebSocket-Protocol:".Length..];
            else if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan("Content-Length:".Length), provider: System.Globalization.CultureInfo.InvariantCulture);
        }

        var request = lines[0].Split(' ');
        return new HttpHead(request[0], request[1], key, protocols, length);
    }

    /// <summary>The number of the room that an observer asks for; 0 when it asks for something else.</summary>
    public int Room => Target.IndexOf("room_id=", StringComparison.Ordinal) is >= 0 and var at
        && int.TryParse(Target.AsSpan(at + 8), provider: System.Globalization.CultureInfo.InvariantCulture, out var room) ? room : 0;

    /// <summary>The server's half of the handshake (RFC 6455, 4.2.2).</summary>
    public byte[] Upgrade()
    {
#pragma warning disable CA5350 // the protocol asks for SHA-1; nothing secret hangs on it
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(WebSocketKey + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        var protocol = Protocols.Contains(Protocol, StringComparison.Ordinal) ? $"Sec-WebSocket-Protocol: {Protocol}\r\n" : "";
        return Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n{protocol}\r\n");
    }

    public static byte[] Answer(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];
    }
}
