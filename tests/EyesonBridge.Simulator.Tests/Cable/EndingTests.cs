using System.Net.Sockets;
using System.Net.WebSockets;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class EndingTests
{
    [Fact]
    public async Task Drop_Fin_EndsWithoutCloseFrame()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        Assert.Equal(1, room.Drop(DropKind.Fin));

        Assert.Equal(0, room.Observers);
        var lost = await Assert.ThrowsAsync<WebSocketException>(observer.ReceiveAsync);
        Assert.Equal(WebSocketError.ConnectionClosedPrematurely, lost.WebSocketErrorCode);
        Assert.DoesNotContain(Causes(lost), static cause => cause is SocketException { SocketErrorCode: SocketError.ConnectionReset });
    }

    [Fact]
    public async Task Drop_Rst_ResetsTheConnection()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        Assert.Equal(1, simulator.Drop(DropKind.Rst));

        var lost = await Assert.ThrowsAsync<WebSocketException>(observer.ReceiveAsync);
        Assert.Contains(Causes(lost), static cause => cause is SocketException { SocketErrorCode: SocketError.ConnectionReset });
    }

    [Fact]
    public async Task Drop_Close_SendsCode1000WithoutReason()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        room.Drop(DropKind.Close);

        Assert.Null(await observer.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, observer.CloseStatus);
        Assert.True(string.IsNullOrEmpty(observer.CloseReason));
    }

    [Theory]
    [InlineData(DropKind.Fin)]
    [InlineData(DropKind.Rst)]
    [InlineData(DropKind.Close)]
    public async Task Drop_AnyKind_ObserverCanComeBack(DropKind kind)
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var lost = await Observer.SubscribedAsync(simulator, room);
        room.Drop(kind);

        using var back = await Observer.SubscribedAsync(simulator, room);
        room.Lock();

        Assert.Equal("lock", (await back.ReceiveEventAsync()).GetProperty("type").GetString());
        Assert.Equal(1, room.Observers);
    }

    [Fact]
    public async Task Disconnect_ServerRestart_SaysSoThenCloses()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        Assert.Equal(1, simulator.Disconnect("server_restart", reconnect: true));

        Assert.Equal("""{"type":"disconnect","reason":"server_restart","reconnect":true}""", await observer.ReceiveAsync());
        Assert.Null(await observer.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, observer.CloseStatus);
    }

    [Fact]
    public async Task Disconnect_Delayed_ClosesWithTheClock()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await StartAsync(
            new SimulatorOptions { TimeProvider = clock, DisconnectDelay = TimeSpan.FromSeconds(1) });
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);
        var armed = clock.ArmedTimers;

        room.Disconnect("remote", reconnect: false);
        Assert.Equal("""{"type":"disconnect","reason":"remote","reconnect":false}""", await observer.ReceiveAsync());
        await clock.WhenArmedAsync(armed + 1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await observer.ReceiveAsync());
    }

    [Fact]
    public async Task Shutdown_Always_SaysSoClosesAndRefusesFromThenOn()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        room.Shutdown();

        Assert.True((await observer.ReceiveEventAsync()).GetProperty("content").GetProperty("shutdown").GetBoolean());
        Assert.Null(await observer.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, observer.CloseStatus);
        using var late = await Observer.ConnectAsync(simulator, "room");
        Assert.Contains("unauthorized", await late.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(room.Lock);
    }

    [Fact]
    public async Task Close_ByTheObserver_IsAnswered()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.SubscribedAsync(simulator, simulator.FindRoom("room")!);

        await observer.CloseAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, observer.CloseStatus);
    }

    [Fact]
    public async Task Send_ObserverReadsTooSlowly_IsDisconnected()
    {
        await using var simulator = await StartAsync(new SimulatorOptions { SendQueueCapacity = 16 });
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);
        var large = new string('x', 1_000_000);

        while (simulator.Counters.TooSlow == 0)
            room.Chat(large, "somebody");

        var last = "";
        while (await observer.ReceiveAsync() is { } frame)
            last = frame;
        Assert.Equal("""{"type":"disconnect","reason":"too_slow","reconnect":true}""", last);
        Assert.Equal(1, simulator.Counters.TooSlow);
    }

    [Fact]
    public async Task Stop_WithObservers_SaysServerRestart()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.SubscribedAsync(simulator, simulator.FindRoom("room")!);

        var stopped = simulator.StopAsync();

        Assert.Contains("server_restart", await observer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Null(await observer.ReceiveAsync());
        await stopped;
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
            yield return exception;
    }

    private static async Task<EyesonSimulator> StartAsync(SimulatorOptions? options = null)
    {
        var simulator = await EyesonSimulator.StartAsync(options, TestContext.Current.CancellationToken);
        simulator.CreateRoom("room");
        return simulator;
    }
}
