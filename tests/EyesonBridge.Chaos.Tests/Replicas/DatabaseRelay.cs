using System.Net;
using System.Net.Sockets;

namespace EyesonBridge.Chaos.Tests.Replicas;

/// <summary>The network between one replica and the database: it can be cut, as one that drops everything.</summary>
internal sealed class DatabaseRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _disposed = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private TaskCompletionSource _open = new();

    public DatabaseRelay(string host, int port)
    {
        (_host, _port) = (host, port);
        _open.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>From now on what is sent is neither answered nor refused.</summary>
    public void Cut()
    {
        lock (_gate)
            _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Lets everything pass again; connections of before the cut are gone.</summary>
    public void Heal()
    {
        lock (_gate)
        {
            _open.TrySetResult();
            _sockets.ForEach(static socket => socket.Close());
            _sockets.Clear();
        }
    }

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
                _ = RelayAsync(await _listener.AcceptSocketAsync(_disposed.Token));
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
                    _sockets.AddRange([client, server]);
                await server.ConnectAsync(_host, _port, _disposed.Token);
                await Task.WhenAny(PassOnAsync(client, server), PassOnAsync(server, client));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Broken.
            }
        }
    }

    private async Task PassOnAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await from.ReceiveAsync(buffer, _disposed.Token)) > 0)
        {
            Task open;
            lock (_gate)
                open = _open.Task;
            await open.WaitAsync(_disposed.Token);
            for (var rest = buffer.AsMemory(0, count); rest.Length > 0;)
                rest = rest[await to.SendAsync(rest, _disposed.Token)..];
        }
    }
}
