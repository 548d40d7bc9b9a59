using System.Net;
using System.Net.WebSockets;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class HandshakeTests
{
    private const string Welcome = """{"type":"welcome"}""";
    private const string Unauthorized = """{"type":"disconnect","reason":"unauthorized","reconnect":false}""";

    [Fact]
    public async Task Connect_KeyInHeader_IsWelcomed()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.ConnectAsync(simulator, "room");

        Assert.Equal(Welcome, await observer.ReceiveAsync());
        Assert.Equal(1, simulator.Counters.HandshakesAccepted);
        Assert.Equal(1, simulator.Counters.OpenSockets);
    }

    [Fact]
    public async Task Connect_KeyInQuery_IsWelcomed()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.ConnectAsync(simulator, "room", header: null, query: "&api_key=demo-key");

        Assert.Equal(Welcome, await observer.ReceiveAsync());
    }

    [Fact]
    public async Task Connect_KeyAsSubprotocol_IsWelcomedWithTheKnownProtocol()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.ConnectAsync(
            simulator, "room", header: null, protocols: ["actioncable-v1-json", "actioncable-unsupported", "demo-key"]);

        Assert.Equal("actioncable-v1-json", observer.Protocol);
        Assert.Equal(Welcome, await observer.ReceiveAsync());
    }

    [Fact]
    public async Task Connect_ExtendedProtocolFirst_PicksTheFirstThatRailsKnows()
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.ConnectAsync(
            simulator, "room", protocols: ["actioncable-v1-ext-json", "actioncable-v1-json"]);

        Assert.Equal("actioncable-v1-json", observer.Protocol);
    }

    [Theory]
    [InlineData]
    [InlineData("actioncable-v2-msgpack")]
    public async Task Connect_NoKnownProtocol_IsUpgradedWithoutOne(params string[] protocols)
    {
        await using var simulator = await StartAsync();
        using var observer = await Observer.ConnectAsync(simulator, "room", protocols: protocols);

        Assert.Null(observer.Protocol);
        Assert.Equal(Welcome, await observer.ReceiveAsync());
    }

    [Theory]
    [InlineData("room", "wrong")]
    [InlineData("room", null)]
    [InlineData("room", "Bearer demo-key")]
    [InlineData("other", "demo-key")]
    [InlineData("", "demo-key")]
    [InlineData("foreign", "demo-key")]
    public async Task Connect_NotAllowed_IsUpgradedThenToldSo(string roomId, string? key)
    {
        await using var simulator = await StartAsync();
        simulator.CreateRoom("foreign", apiKey: "second-key");
        using var observer = await Observer.ConnectAsync(simulator, roomId, key);

        Assert.Equal(Unauthorized, await observer.ReceiveAsync());
        Assert.Null(await observer.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, observer.CloseStatus);
        Assert.True(string.IsNullOrEmpty(observer.CloseReason));
        Assert.Equal(1, simulator.Counters.HandshakesUnauthorized);
        Assert.Equal(0, simulator.Counters.HandshakesAccepted);
    }

    [Fact]
    public async Task Connect_KeyRefusedLater_IsUnauthorizedUntilAcceptedAgain()
    {
        await using var simulator = await StartAsync();
        simulator.RefuseKey("demo-key");
        using var refused = await Observer.ConnectAsync(simulator, "room");
        simulator.AcceptKey("demo-key");
        using var accepted = await Observer.ConnectAsync(simulator, "room");

        Assert.Equal(Unauthorized, await refused.ReceiveAsync());
        Assert.Equal(Welcome, await accepted.ReceiveAsync());
    }

    [Fact]
    public async Task Connect_UpgradeRefused_AnswersTheStatus()
    {
        await using var simulator = await StartAsync();
        simulator.Faults.RefuseUpgradeWith = 503;

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => Observer.ConnectAsync(simulator, "room"));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, simulator.Counters.HandshakesRefused);
        Assert.Equal(0, simulator.Counters.HandshakesUnauthorized);
    }

    [Fact]
    public async Task Get_WithoutUpgrade_IsNotFound()
    {
        await using var simulator = await StartAsync();
        using var http = new HttpClient { BaseAddress = simulator.Url };

        using var answer = await http.GetAsync("/rt?room_id=room", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<EyesonSimulator> StartAsync()
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { ApiKeys = ["demo-key", "second-key"] }, TestContext.Current.CancellationToken);
        simulator.CreateRoom("room");
        return simulator;
    }
}
