using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Hosting;

/// <summary>Tries an address before anything starts: the web server would tell that it is taken with a stack trace, after all else has begun.</summary>
internal static class ListenAddress
{
    /// <param name="setting">Name of the setting.</param>
    /// <param name="url">What it says.</param>
    /// <exception cref="ListenException">It cannot be listened on.</exception>
    public static void Require(string setting, string url)
    {
        var address = new Uri(url);
        if (address.Port == 0 || AddressOf(address.Host) is not { } host)
            return;

        try
        {
            using var listener = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(host, address.Port));
            listener.Listen();
        }
        catch (SocketException refused)
        {
            throw new ListenException($"Cannot listen on {setting}, {url}: {refused.Message}. Choose another address or port.", refused);
        }
    }

    private static IPAddress? AddressOf(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address
        : null;
}
