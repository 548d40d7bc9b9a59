using System.Net.WebSockets;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>An upgraded connection on which there is always one more ping to be read, until it is closed.</summary>
internal sealed class EndlessSocket : WebSocket, ICableTransport
{
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    private volatile bool _isClosed;

    public override WebSocketCloseStatus? CloseStatus => _isClosed ? WebSocketCloseStatus.NormalClosure : null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _isClosed ? WebSocketState.Closed : WebSocketState.Open;

    public override string? SubProtocol => null;

    public Task<WebSocket> ConnectAsync(CableTarget target, CancellationToken cancellationToken) => Task.FromResult<WebSocket>(this);

    public override ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_isClosed)
            return new(new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true));

        var isRead = !buffer.IsEmpty; // else it is only asked whether there is something
        if (isRead)
            Ping.CopyTo(buffer);
        return new(new ValueWebSocketReceiveResult(isRead ? Ping.Length : 0, WebSocketMessageType.Text, endOfMessage: isRead));
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _isClosed = true;
        return Task.CompletedTask;
    }

    public override void Abort() => _isClosed = true;

    public override void Dispose() => _isClosed = true;
}
