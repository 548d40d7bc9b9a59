using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A port that takes connections and says nothing, or whose queue of connections is full.</summary>
internal sealed class SilentPort : IDisposable
{
    private const int Several = 4;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public SilentPort(bool isFull)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(isFull ? 0 : 100);
        for (var i = 0; isFull && i < Several; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _ = socket.ConnectAsync(_listener.LocalEndPoint!); // those that the queue cannot take wait
            _waiting.Add(socket);
        }
    }

    /// <summary>The port as a broker's address.</summary>
    public Uri Broker => new($"amqp://guest:guest@127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}");

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
