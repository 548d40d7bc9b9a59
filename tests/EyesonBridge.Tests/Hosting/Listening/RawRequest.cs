using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EyesonBridge.Tests.Hosting.Listening;

/// <summary>Requests as bytes: no client tidies up their paths.</summary>
internal static class RawRequest
{
    /// <summary>Sends one, and gives the status; 0 when the connection is closed without an answer.</summary>
    public static async Task<int> SendAsync(Uri to, string target, CancellationToken cancellationToken, string method = "GET", string? host = null)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(to.Host, to.Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes($"{method} {target} HTTP/1.1\r\nHost: {host ?? to.Authority}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            var line = await reader.ReadLineAsync(cancellationToken);
            return line is null ? 0 : int.Parse(line.AsSpan(9, 3), CultureInfo.InvariantCulture);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0; // while it was being opened
        }
        catch (IOException)
        {
            return 0; // or later
        }
    }
}
