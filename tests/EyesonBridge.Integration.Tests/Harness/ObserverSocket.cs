using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>An observer in its plainest form, independent of the bridge's own client.</summary>
internal sealed class ObserverSocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();

    private ObserverSocket()
    {
    }

    /// <summary>Connects with the key as <c>header</c>, <c>subprotocol</c> or in the <c>query</c>.</summary>
    public static async Task<ObserverSocket> ConnectAsync(Uri url, string way, string key, CancellationToken cancellationToken)
    {
        var observer = new ObserverSocket();
        var options = observer._socket.Options;
        options.AddSubProtocol("actioncable-v1-ext-json");
        options.AddSubProtocol("actioncable-v1-json");
        if (way is "header")
            options.SetRequestHeader("Authorization", key);
        else if (way is "subprotocol")
            options.AddSubProtocol(key);
        else
            url = new Uri($"{url}&api_key={Uri.EscapeDataString(key)}");

        await observer._socket.ConnectAsync(url, cancellationToken);
        return observer;
    }

    public Task SubscribeAsync(CancellationToken cancellationToken) =>
        _socket.SendAsync(
            """{"command":"subscribe","identifier":"{\"channel\":\"RoomChannel\"}"}"""u8.ToArray(),
            WebSocketMessageType.Text,
            endOfMessage: true,
            cancellationToken);

    /// <summary>The next frame; the test fails when the socket closes instead.</summary>
    public async Task<ObserverFrame> ReceiveAsync(CancellationToken cancellationToken, bool skipPings = true) =>
        await NextAsync(skipPings, cancellationToken) ?? throw new InvalidOperationException("The socket was closed.");

    /// <summary>Whether the server closes the socket next, without another frame.</summary>
    public async Task<bool> IsClosedAsync(CancellationToken cancellationToken) =>
        await NextAsync(skipPings: true, cancellationToken) is null;

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<ObserverFrame?> NextAsync(bool skipPings, CancellationToken cancellationToken)
    {
        while (await ReadTextAsync(cancellationToken) is { } text)
        {
            var frame = new ObserverFrame(JsonNode.Parse(text)!.AsObject());
            if (!skipPings || frame.Type is not "ping")
                return frame;
        }

        return null;
    }

    private async Task<string?> ReadTextAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, cancellationToken);
                return null;
            }

            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length);
        }
    }
}
