using System.Net.WebSockets;
using Websocket.Client;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>
/// A .NET client that others wrote, and that knows nothing of ActionCable, understands the simulator: what it has to know
/// is what Eyeson documents.
/// </summary>
public sealed class WebsocketClientTests
{
    private const string Identifier = """{"channel":"RoomChannel"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WebsocketClient_Subscribed_GetsStateEventsAndPings()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = new WebsocketClientObserver(simulator, "room");

        await observer.StartAsync();
        Assert.Equal("actioncable-v1-json", observer.Protocol);
        Assert.Equal("welcome", WebsocketClientObserver.TypeOf(await observer.ReceiveAsync()));

        Assert.True(observer.Send(new { command = "subscribe", identifier = Identifier }));
        var frames = new[] { await observer.ReceiveAsync(), await observer.ReceiveAsync() };
        Assert.Single(frames, static frame => WebsocketClientObserver.TypeOf(frame) == "confirm_subscription");
        var state = Assert.Single(frames, static frame => frame.TryGetProperty("message", out _)).GetProperty("message");
        Assert.Equal("room_update", state.GetProperty("type").GetString());
        Assert.Equal("room", state.GetProperty("content").GetProperty("id").GetString());

        room.Chat("Hello", "ada");
        var chat = await observer.ReceiveAsync();
        Assert.Equal(Identifier, chat.GetProperty("identifier").GetString());
        Assert.Equal("Hello", chat.GetProperty("message").GetProperty("content").GetString());
        Assert.True((await observer.ReceivePingAsync()).GetProperty("message").GetInt64() > 1_700_000_000);
    }

    [Fact]
    public async Task WebsocketClient_WrongKey_IsToldSoAndClosed()
    {
        await using var simulator = await StartAsync();
        using var observer = new WebsocketClientObserver(simulator, "room", apiKey: "wrong-key");

        await observer.StartAsync();

        var frame = await observer.ReceiveAsync();
        Assert.Equal(("disconnect", "unauthorized"), (WebsocketClientObserver.TypeOf(frame), frame.GetProperty("reason").GetString()));
        Assert.False(frame.GetProperty("reconnect").GetBoolean());
        AssertClosedByServer(await observer.Ending);
    }

    [Fact]
    public async Task WebsocketClient_ServerCloses_SeesCode1000WithoutReason()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await SubscribedAsync(simulator);

        Assert.Equal(1, room.Drop(DropKind.Close));

        AssertClosedByServer(await observer.Ending);
    }

    [Fact]
    public async Task WebsocketClient_ClosesItself_IsAnswered()
    {
        await using var simulator = await StartAsync();
        using var observer = await SubscribedAsync(simulator);

        Assert.True(await observer.CloseAsync());

        Assert.Equal(WebSocketState.Closed, observer.State);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, (await observer.Ending).CloseStatus);
    }

    private static void AssertClosedByServer(DisconnectionInfo ending)
    {
        Assert.Equal(DisconnectionType.ByServer, ending.Type);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, ending.CloseStatus);
        Assert.True(string.IsNullOrEmpty(ending.CloseStatusDescription));
    }

    private static async Task<WebsocketClientObserver> SubscribedAsync(EyesonSimulator simulator)
    {
        var observer = new WebsocketClientObserver(simulator, "room");
        await observer.StartAsync();
        await observer.ReceiveAsync();
        observer.Send(new { command = "subscribe", identifier = Identifier });
        await simulator.FindRoom("room")!.WhenSubscribedAsync(1, Ct);
        return observer;
    }

    private static async Task<EyesonSimulator> StartAsync()
    {
        var simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { PingInterval = TimeSpan.FromMilliseconds(250) }, Ct);
        simulator.CreateRoom("room");
        return simulator;
    }
}
