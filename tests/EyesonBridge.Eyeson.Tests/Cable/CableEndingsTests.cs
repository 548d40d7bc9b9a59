using System.Net.Sockets;
using System.Net.WebSockets;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Eyeson.Tests.Cable;

public sealed class CableEndingsTests
{
    [Fact]
    public void Failure_SocketThatSaysOnlyWhereToLook_IsToldInWords()
    {
        var violation = CableEndings.Failure(new WebSocketException(WebSocketError.Faulted));
        var reset = CableEndings.Failure(new WebSocketException(WebSocketError.ConnectionClosedPrematurely, new WebSocketException(WebSocketError.Faulted)));

        Assert.Equal((CableEndingKind.ProtocolViolation, "The server violated the WebSocket protocol: the socket failed."), (violation.Kind, violation.Detail));
        Assert.Equal((CableEndingKind.Reset, "The connection was lost: the socket failed."), (reset.Kind, reset.Detail));
    }

    [Fact]
    public void Failure_WithACause_NamesTheCause()
    {
        var ending = CableEndings.Failure(new WebSocketException(
            WebSocketError.ConnectionClosedPrematurely, new IOException("see below", new SocketException((int)SocketError.ConnectionReset))));

        Assert.Contains("Connection reset", ending.Detail, StringComparison.Ordinal);
    }
}
