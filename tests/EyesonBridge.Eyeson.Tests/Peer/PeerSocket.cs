using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>The peer's end of one WebSocket, with access to the TCP socket under it.</summary>
internal sealed class PeerSocket(WebSocket socket, HttpContext context, CancellationToken stopping)
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    public CancellationToken Stopping => stopping;

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    private Socket Tcp => context.Features.Get<IConnectionSocketFeature>()!.Socket;

    public Task SendAsync(ReadOnlyMemory<byte> bytes, bool last) =>
        socket.SendAsync(bytes, WebSocketMessageType.Text, last, stopping).AsTask();

    /// <summary>Past the WebSocket: bytes that no valid server would send.</summary>
    public async Task SendRawAsync(ReadOnlyMemory<byte> bytes) => await Tcp.SendAsync(bytes, stopping);

    /// <summary>The next message, or <c>close CODE</c>.</summary>
    public async Task<string> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(_buffer.AsMemory(length), stopping);
            if (result.MessageType == WebSocketMessageType.Close)
                return $"close {(int?)socket.CloseStatus}";

            length += result.Count;
            if (result.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    /// <summary>Sends a close frame, or answers one.</summary>
    public Task CloseAsync() => socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, stopping);

    public Task ResetAsync()
    {
        Tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        Tcp.Close();
        return Task.CompletedTask;
    }

    /// <summary>FIN without a close frame.</summary>
    public Task DropAsync()
    {
        Tcp.Shutdown(SocketShutdown.Send);
        return Task.CompletedTask;
    }
}
