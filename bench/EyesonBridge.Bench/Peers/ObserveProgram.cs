using System.Globalization;
using System.Net.WebSockets;
using EyesonBridge.Bench.Load;
using EyesonBridge.Eyeson.Cable;

namespace EyesonBridge.Bench.Peers;

/// <summary>Observes rooms and does nothing with what comes, as a process of its own: <c>observe KIND PORT ROOMS</c>.</summary>
internal static class ObserveProgram
{
    private const string Key = "bench-key";

    private static readonly List<object> Kept = [];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var kind = Enum.Parse<SocketKind>(arguments[0]);
        var rooms = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        using var client = new CableClient();
        foreach (var some in Enumerable.Range(1, rooms).Chunk(50))
            await Task.WhenAll(some.Select(room => ConnectAsync(client, kind, arguments[1], LoadBodies.RoomId(room))));
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    private static async Task ConnectAsync(CableClient client, SocketKind kind, string port, string roomId)
    {
        var url = new Uri($"ws://127.0.0.1:{port}/rt?room_id={roomId}");
        switch (kind)
        {
            case SocketKind.CableClient:
                var target = new CableTarget { Url = new Uri($"http://127.0.0.1:{port}"), RoomId = roomId, ApiKey = Key };
                Keep(client.Connect(target).RunAsync(new CountingListener(static () => { }), CancellationToken.None));
                break;
            case SocketKind.WebsocketClient:
                Keep(await BareWebsocketClient.StartAsync(url, Key, static _ => { }));
                break;
            default:
                var socket = new ClientWebSocket();
                socket.Options.SetRequestHeader("Authorization", Key);
                await socket.ConnectAsync(url, CancellationToken.None);
                await socket.SendAsync(BareWebsocketClient.Subscribe, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                Keep(ReadAsync(socket));
                break;
        }
    }

    private static void Keep(object held)
    {
        lock (Kept)
            Kept.Add(held);
    }

    private static async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        while (true)
        {
            // Without a buffer until something is there, as who has thousands of them reads.
            await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        }
    }
}
