using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace EyesonBridge.Simulator.Tests;

/// <summary>A plain observer: sees every frame as it comes.</summary>
public sealed class Observer : IDisposable
{
    public const string Identifier = """{"channel":"RoomChannel"}""";

    private readonly ClientWebSocket _socket = new();

    public string? Protocol => _socket.SubProtocol;

    public WebSocketCloseStatus? CloseStatus => _socket.CloseStatus;

    public string? CloseReason => _socket.CloseStatusDescription;

    /// <summary>How many WebSocket fragments the last message had.</summary>
    public int Fragments { get; private set; }

    public static async Task<Observer> ConnectAsync(
        EyesonSimulator simulator,
        string roomId,
        string? header = "demo-key",
        string query = "",
        params string[] protocols)
    {
        var observer = new Observer();
        foreach (var protocol in protocols)
            observer._socket.Options.AddSubProtocol(protocol);
        if (header is not null)
            observer._socket.Options.SetRequestHeader("Authorization", header);

        var url = new Uri($"ws://{simulator.Url.Authority}/rt?room_id={roomId}{query}");
        await observer._socket.ConnectAsync(url, TestContext.Current.CancellationToken);
        return observer;
    }

    /// <summary>An observer that has seen the welcome, the state and the confirmation.</summary>
    public static async Task<Observer> SubscribedAsync(EyesonSimulator simulator, SimulatedRoom room)
    {
        var observer = await ConnectAsync(simulator, room.Id);
        await observer.SubscribeAsync();
        string? frame;
        do
        {
            frame = await observer.ReceiveAsync();
        }
        while (frame is not null && !frame.Contains("confirm_subscription", StringComparison.Ordinal));
        return observer;
    }

    public Task SubscribeAsync(string identifier = Identifier) =>
        SendAsync(JsonSerializer.Serialize(new { command = "subscribe", identifier }));

    public Task SendAsync(string text) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The next frame, or null for the close frame.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        Fragments = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;

            Fragments++;
            message.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(message.ToArray());
        }
    }

    /// <summary>The <c>message</c> of the next frame that has one.</summary>
    public async Task<JsonElement> ReceiveEventAsync()
    {
        while (await ReceiveAsync() is { } frame)
        {
            if (JsonElement.Parse(frame).TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object)
                return message;
        }

        throw new InvalidOperationException("The socket was closed.");
    }

    /// <summary>Closes politely and waits for the answer.</summary>
    public Task CloseAsync() =>
        _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, TestContext.Current.CancellationToken);

    public void Dispose() => _socket.Dispose();
}
