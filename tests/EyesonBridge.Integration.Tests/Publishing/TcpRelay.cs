using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Integration.Tests.Publishing;

/// <summary>Stands between a client and the broker, and can break their connections.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly Uri _target;
    private readonly Task _accepting;

    public TcpRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        Url = new UriBuilder(target) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.Uri;
        _accepting = AcceptAsync();
    }

    /// <summary>The broker, by way of this.</summary>
    public Uri Url { get; }

    /// <summary>Breaks every connection: what is on its way is lost, in both directions.</summary>
    public void Break()
    {
        lock (_gate)
        {
            foreach (var socket in _sockets)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Close();
            }

            _sockets.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        _listener.Stop();
        await _accepting;
        Break();
        _disposed.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_disposed.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_gate)
                    _sockets.AddRange([client, server]);
                await server.ConnectAsync(_target.Host, _target.Port, _disposed.Token);
                _ = CopyAsync(client, server);
                _ = CopyAsync(server, client);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Broken before it was there, or over.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _disposed.Token)) > 0)
                await to.SendAsync(buffer.AsMemory(0, count), _disposed.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Broken, or over.
        }
    }
}
