using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Testing.Network;

/// <summary>The network between a client and its server: it can be cut, as one that drops everything.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Func<IRelayTap>? _newTap;
    private readonly Action<Socket>? _accepted;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly HashSet<Socket> _sockets = [];
    private TaskCompletionSource _open = new();

    /// <summary>Listens from now on, on 127.0.0.1.</summary>
    /// <param name="host">The server.</param>
    /// <param name="port">Its port.</param>
    /// <param name="newTap">Gives what looks at a connection; null when nothing does.</param>
    /// <param name="accepted">Told of each client that connects, in that order.</param>
    public TcpRelay(string host, int port, Func<IRelayTap>? newTap = null, Action<Socket>? accepted = null)
    {
        (_host, _port, _newTap, _accepted) = (host, port, newTap, accepted);
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the client connects instead.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on what is sent is neither answered nor refused.</summary>
    public void Cut()
    {
        lock (_gate)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets everything pass again; connections of before are gone.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _open.TrySetResult();
            foreach (var socket in _sockets)
                socket.Close();
            _sockets.Clear();
        }
    }

    /// <summary>Resets every connection: what is on its way is lost, in both directions.</summary>
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

    /// <summary>Ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        _listener.Stop();
        await _accepting;
        _disposed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_disposed.Token);
                _accepted?.Invoke(client);
                _ = RelayAsync(client);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                lock (_gate)
                    _sockets.UnionWith([client, server]);
                await server.ConnectAsync(_host, _port, _disposed.Token);
                var tap = _newTap?.Invoke();
                await Task.WhenAny(
                    PassOnAsync(client, server, tap is null ? null : tap.SentAsync),
                    PassOnAsync(server, client, tap is null ? null : tap.AnsweredAsync));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Broken.
            }

            lock (_gate)
                _sockets.ExceptWith([client, server]);
        }
    }

    private async Task PassOnAsync(Socket from, Socket to, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask<bool>>? look)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _disposed.Token)) > 0)
        {
            await WhenOpenAsync();
            var bytes = buffer.AsMemory(0, count);
            if (look is not null && !await look(bytes, _disposed.Token))
                return;
            while (bytes.Length > 0)
                bytes = bytes[await to.SendAsync(bytes, _disposed.Token)..];
        }
    }

    private Task WhenOpenAsync()
    {
        lock (_gate)
            return _open.Task.WaitAsync(_disposed.Token);
    }
}
