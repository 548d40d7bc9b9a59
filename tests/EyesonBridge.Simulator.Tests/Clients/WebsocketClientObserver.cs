using System.Net.WebSockets;
using System.Reactive.Linq;
using System.Text.Json;
using System.Threading.Channels;
using Websocket.Client;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>An observer by way of the package Websocket.Client, which does not reconnect, so that one socket is seen whole.</summary>
internal sealed class WebsocketClientObserver : IDisposable
{
    private readonly WebsocketClient _client;
    private readonly Channel<string> _frames = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<DisconnectionInfo> _ending = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WebsocketClientObserver(EyesonSimulator simulator, string roomId, string apiKey = "demo-key")
    {
        _client = new WebsocketClient(new Uri($"ws://{simulator.Url.Authority}/rt?room_id={roomId}"), () => NewSocket(apiKey))
        {
            IsReconnectionEnabled = false,
            ReconnectTimeout = null,
            ErrorReconnectTimeout = null,
            LostReconnectTimeout = null,
        };
        _client.MessageReceived.Subscribe(message => _frames.Writer.TryWrite(message.Text!));
        _client.DisconnectionHappened.Subscribe(info => _ending.TrySetResult(info));
    }

    public string? Protocol => _client.NativeClient!.SubProtocol;

    /// <summary>How the socket ended.</summary>
    public Task<DisconnectionInfo> Ending => _ending.Task.WaitAsync(Ct);

    public WebSocketState State => _client.NativeClient!.State;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task StartAsync() => _client.StartOrFail();

    public bool Send(object command) => _client.Send(JsonSerializer.Serialize(command));

    /// <summary>The next frame that is no ping.</summary>
    public async Task<JsonElement> ReceiveAsync()
    {
        while (true)
        {
            var frame = await ReceiveAnyAsync();
            if (TypeOf(frame) != "ping")
                return frame;
        }
    }

    public async Task<JsonElement> ReceivePingAsync()
    {
        while (true)
        {
            var frame = await ReceiveAnyAsync();
            if (TypeOf(frame) == "ping")
                return frame;
        }
    }

    /// <summary>Closes politely. True when the server has answered.</summary>
    public async Task<bool> CloseAsync() =>
        await _client.StopOrFail(WebSocketCloseStatus.NormalClosure, string.Empty).WaitAsync(Ct);

    public void Dispose() => _client.Dispose();

    public static string? TypeOf(JsonElement frame) => frame.TryGetProperty("type", out var type) ? type.GetString() : null;

    private static ClientWebSocket NewSocket(string apiKey)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("actioncable-v1-json");
        socket.Options.SetRequestHeader("Authorization", apiKey);
        return socket;
    }

    private async Task<JsonElement> ReceiveAnyAsync() => JsonElement.Parse(await _frames.Reader.ReadAsync(Ct));
}
