using System.Text.Json;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class SubscriptionTests
{
    private const string Confirmation = """{"identifier":"{\"channel\":\"RoomChannel\"}","type":"confirm_subscription"}""";
    private const string Rejection = """{"identifier":"{\"channel\":\"RoomChannel\"}","type":"reject_subscription"}""";

    [Fact]
    public async Task Subscribe_LikeRails_StateComesBeforeConfirmation()
    {
        await using var simulator = await StartAsync();
        using var observer = await WelcomedAsync(simulator);

        await observer.SubscribeAsync();

        Assert.StartsWith(
            """{"identifier":"{\"channel\":\"RoomChannel\"}","message":{"type":"room_update","content":{"id":"room",""",
            await observer.ReceiveAsync(),
            StringComparison.Ordinal);
        Assert.Equal(Confirmation, await observer.ReceiveAsync());
    }

    [Fact]
    public async Task Subscribe_ConfirmationFirst_StateComesAfter()
    {
        await using var simulator = await StartAsync(new SimulatorOptions { StateBeforeConfirmation = false });
        using var observer = await WelcomedAsync(simulator);

        await observer.SubscribeAsync();

        Assert.Equal(Confirmation, await observer.ReceiveAsync());
        Assert.Equal("room_update", (await observer.ReceiveEventAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Subscribe_OddIdentifier_IsGivenBackAsItCame()
    {
        const string odd = """{ "x": "é\u00e9/", "channel" : "RoomChannel" }""";
        await using var simulator = await StartAsync();
        using var observer = await WelcomedAsync(simulator);

        await observer.SubscribeAsync(odd);

        Assert.Equal(odd, JsonElement.Parse((await observer.ReceiveAsync())!).GetProperty("identifier").GetString());
        Assert.Equal(odd, JsonElement.Parse((await observer.ReceiveAsync())!).GetProperty("identifier").GetString());
    }

    [Theory]
    [InlineData("""{"command":"subscribe","identifier":"{\"channel\":\"OtherChannel\"}"}""")]
    [InlineData("""{"command":"subscribe","identifier":{"channel":"RoomChannel"}}""")]
    [InlineData("""{"command":"subscribe","identifier":"RoomChannel"}""")]
    [InlineData("""{"command":"dance","identifier":"{\"channel\":\"RoomChannel\"}"}""")]
    [InlineData("""{"command":"subscribe"}""")]
    [InlineData("""["subscribe"]""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Command_ThatIsWrong_IsIgnoredInSilence(string command)
    {
        await using var simulator = await StartAsync();
        using var observer = await WelcomedAsync(simulator);

        await observer.SendAsync(command);
        await observer.SubscribeAsync();

        Assert.Equal("room_update", (await observer.ReceiveEventAsync()).GetProperty("type").GetString());
        Assert.Equal(Confirmation, await observer.ReceiveAsync());
        Assert.Equal(1, simulator.FindRoom("room")!.Observers);
    }

    [Fact]
    public async Task Command_LongerThanAnyCommand_IsIgnoredInSilence()
    {
        await using var simulator = await StartAsync();
        using var observer = await WelcomedAsync(simulator);

        await observer.SendAsync(new string('x', 300_000));
        await observer.SubscribeAsync();

        Assert.Equal("room_update", (await observer.ReceiveEventAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Subscribe_Twice_SecondIsIgnored()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await Observer.SubscribedAsync(simulator, room);

        await observer.SubscribeAsync();
        await observer.SendAsync("""{"command":"unsubscribe","identifier":"{\"channel\":\"RoomChannel\"}"}""");
        await observer.SubscribeAsync();

        Assert.Contains("room_update", await observer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(Confirmation, await observer.ReceiveAsync());
        Assert.Equal(2, room.Subscriptions);
        Assert.Equal(1, room.Observers);
    }

    [Fact]
    public async Task Subscribe_Rejected_SaysSoAndSendsNothingElse()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        room.Faults.RejectSubscriptions = true;
        using var observer = await WelcomedAsync(simulator);

        await observer.SubscribeAsync();

        Assert.Equal(Rejection, await observer.ReceiveAsync());
        Assert.Equal(0, room.Observers);
    }

    [Fact]
    public async Task Subscribe_FirstIgnored_ResentOneIsConfirmed()
    {
        await using var simulator = await StartAsync();
        simulator.Faults.IgnoreSubscribes = 1;
        using var observer = await WelcomedAsync(simulator);

        await observer.SubscribeAsync();
        await observer.SubscribeAsync();

        Assert.Contains("room_update", await observer.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Equal(Confirmation, await observer.ReceiveAsync());
        Assert.Equal(1, simulator.FindRoom("room")!.Subscriptions);
    }

    [Fact]
    public async Task Subscribe_ConfirmationDelayed_EventsComeMeanwhile()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await StartAsync(new SimulatorOptions { TimeProvider = clock });
        var room = simulator.FindRoom("room")!;
        room.Faults.ConfirmationDelay = TimeSpan.FromSeconds(2);
        using var observer = await WelcomedAsync(simulator);
        var armed = clock.ArmedTimers;

        await observer.SubscribeAsync();
        Assert.Contains("room_update", await observer.ReceiveAsync(), StringComparison.Ordinal);
        room.Lock();
        Assert.Contains("\"lock\"", await observer.ReceiveAsync(), StringComparison.Ordinal);
        await clock.WhenArmedAsync(armed + 1, TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(Confirmation, await observer.ReceiveAsync());
    }

    [Fact]
    public async Task Welcome_Delayed_ComesWithTheClock()
    {
        var clock = new ManualTimeProvider();
        await using var simulator = await StartAsync(new SimulatorOptions { TimeProvider = clock });
        var armed = clock.ArmedTimers;
        simulator.Faults.WelcomeDelay = TimeSpan.FromSeconds(1);
        using var observer = await Observer.ConnectAsync(simulator, "room");
        await clock.WhenArmedAsync(armed + 1, TestContext.Current.CancellationToken);
        simulator.FindRoom("room")!.SendFrame("first");
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("first", await observer.ReceiveAsync());
        Assert.Equal("""{"type":"welcome"}""", await observer.ReceiveAsync());
    }

    [Fact]
    public async Task WhenSubscribed_SecondObserver_CompletesThen()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var first = await Observer.SubscribedAsync(simulator, room);
        var both = room.WhenSubscribedAsync(2, TestContext.Current.CancellationToken);
        Assert.False(both.IsCompleted);

        using var second = await Observer.SubscribedAsync(simulator, room);

        await both;
        room.Lock();
        Assert.Equal("lock", (await first.ReceiveEventAsync()).GetProperty("type").GetString());
        Assert.Equal("lock", (await second.ReceiveEventAsync()).GetProperty("type").GetString());
        Assert.Equal(2, Assert.Single(room.Sent).Observers);
    }

    private static async Task<EyesonSimulator> StartAsync(SimulatorOptions? options = null)
    {
        var simulator = await EyesonSimulator.StartAsync(options, TestContext.Current.CancellationToken);
        simulator.CreateRoom("room");
        return simulator;
    }

    private static async Task<Observer> WelcomedAsync(EyesonSimulator simulator)
    {
        var observer = await Observer.ConnectAsync(simulator, "room");
        Assert.Equal("""{"type":"welcome"}""", await observer.ReceiveAsync());
        return observer;
    }
}
