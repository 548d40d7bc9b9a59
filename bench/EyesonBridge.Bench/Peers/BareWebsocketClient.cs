using System.Net.WebSockets;
using System.Reactive.Linq;
using Websocket.Client;

namespace EyesonBridge.Bench.Peers;

/// <summary>
/// The package Websocket.Client with everything off that can be: no reconnecting, no conversion to text, no copy of a
/// message, no keep-alive. What it then does is what <c>CableConnection</c> builds on <see cref="ClientWebSocket"/> for.
/// </summary>
internal static class BareWebsocketClient
{
    public static readonly byte[] Subscribe = """{"command":"subscribe","identifier":"{\"channel\":\"RoomChannel\"}"}"""u8.ToArray();

    /// <summary>Connects and subscribes. <paramref name="onMessage"/> may read a message's stream until it returns.</summary>
    public static async Task<WebsocketClient> StartAsync(Uri url, string key, Action<MemoryStream> onMessage)
    {
        var client = new WebsocketClient(url, () => NewSocket(key))
        {
            IsReconnectionEnabled = false,
            ReconnectTimeout = null,
            ErrorReconnectTimeout = null,
            LostReconnectTimeout = null,
            IsTextMessageConversionEnabled = false,
            IsStreamDisposedAutomatically = false,
        };
        client.MessageReceived.Subscribe(message =>
        {
            onMessage(message.Stream!);
            message.Stream!.Dispose();
        });
        await client.StartOrFail();
        client.SendAsText(Subscribe);
        return client;
    }

    private static ClientWebSocket NewSocket(string key)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.SetRequestHeader("Authorization", key);
        return socket;
    }
}
