using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>A proxy that opens tunnels (<c>CONNECT</c>), or refuses to.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly int? _refuseWith;
    private readonly Task _served;

    /// <param name="refuseWith">The status to answer instead of opening the tunnel.</param>
    public TunnelProxy(int? refuseWith = null)
    {
        _refuseWith = refuseWith;
        _listener.Start();
        _served = ServeAsync();
    }

    public WebProxy Address => new(new Uri($"http://{_listener.LocalEndpoint}"));

    /// <summary>The first line of each request.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _served;
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        var tunnels = new List<Task>();
        try
        {
            while (true)
                tunnels.Add(TunnelAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(tunnels);
        }
    }

    private async Task TunnelAsync(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            var request = await ReadHeadAsync(client.GetStream());
            _requests.Enqueue(request.Split("\r\n")[0]);
            if (_refuseWith is { } status)
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} No\r\nContent-Length: 0\r\n\r\n"), _stopping.Token);
                return;
            }

            var target = IPEndPoint.Parse(request.Split(' ')[1].Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
            using var server = new TcpClient();
            await server.ConnectAsync(target, _stopping.Token);
            await client.GetStream().WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stopping.Token);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream(), _stopping.Token),
                server.GetStream().CopyToAsync(client.GetStream(), _stopping.Token));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // One side is gone.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, _stopping.Token) > 0)
            head.Append((char)one[0]);
        return head.ToString();
    }
}
