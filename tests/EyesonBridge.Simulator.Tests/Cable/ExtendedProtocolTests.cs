using System.Text.Json;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Cable;

public sealed class ExtendedProtocolTests
{
    private const string Protocol = "actioncable-v1-ext-json";

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Connect_BothOffered_PicksTheExtendedOneAndNamesTheSession()
    {
        await using var simulator = await StartAsync();
        using var observer = await ConnectAsync(simulator);

        var welcome = await NextAsync(observer);

        Assert.Equal(Protocol, observer.Protocol);
        Assert.Equal("welcome", welcome.GetProperty("type").GetString());
        Assert.NotEmpty(welcome.GetProperty("sid").GetString()!);
        Assert.False(welcome.TryGetProperty("restored", out _));
    }

    [Fact]
    public async Task Event_InBothProtocols_HasAPositionOnlyInTheExtendedOne()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var plain = await Observer.SubscribedAsync(simulator, room);
        using var extended = await SubscribedAsync(simulator);

        room.Lock();

        Assert.Equal(
            """{"identifier":"{\"channel\":\"RoomChannel\"}","message":{"type":"lock","locked":true}}""",
            await plain.ReceiveAsync());
        var positioned = await NextAsync(extended);
        Assert.Equal("room:room", positioned.GetProperty("stream_id").GetString());
        Assert.Equal(1, positioned.GetProperty("offset").GetInt64());
        Assert.NotEmpty(positioned.GetProperty("epoch").GetString()!);
    }

    [Fact]
    public async Task Reconnect_WithSid_RestoresWithoutStateAndReplaysOnDemand()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var first = await ConnectAsync(simulator);
        var sid = (await NextAsync(first)).GetProperty("sid").GetString();
        await first.SubscribeAsync();
        await NextAsync(first);
        await NextAsync(first);
        room.Lock();
        var seen = await NextAsync(first);
        room.Drop(DropKind.Rst);
        room.Unlock();

        using var second = await ConnectAsync(simulator, $"&sid={sid}");
        var welcome = await NextAsync(second);
        await second.SendAsync(HistoryCommand("history", Streams(seen)));
        var missed = await NextAsync(second);
        var confirmation = await NextAsync(second);

        Assert.True(welcome.GetProperty("restored").GetBoolean());
        Assert.Equal(Observer.Identifier, Assert.Single(welcome.GetProperty("restored_ids").EnumerateArray()).GetString());
        Assert.NotEqual(sid, welcome.GetProperty("sid").GetString(), StringComparer.Ordinal);
        Assert.False(missed.GetProperty("message").GetProperty("locked").GetBoolean());
        Assert.Equal(2, missed.GetProperty("offset").GetInt64());
        Assert.Equal("confirm_history", confirmation.GetProperty("type").GetString());
        Assert.Equal(Observer.Identifier, confirmation.GetProperty("identifier").GetString());
        Assert.Equal(1, room.Observers);
    }

    [Fact]
    public async Task Reconnect_AfterFiveMinutes_SessionIsForgotten()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        var state = simulator.Sessions.Begin(room);
        simulator.Sessions.End(state);
        _clock.Advance(TimeSpan.FromSeconds(301));

        using var second = await ConnectAsync(simulator, $"&sid={state.Sid}");

        Assert.False((await NextAsync(second)).TryGetProperty("restored", out _));
    }

    [Fact]
    public async Task Subscribe_WithSince_ReplaysAfterTheConfirmation()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        room.Lock();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var since = _clock.GetUtcNow().ToUnixTimeSeconds();
        room.Unlock();
        using var observer = await ConnectAsync(simulator);
        await NextAsync(observer);

        await observer.SendAsync(HistoryCommand("subscribe", new { since, streams = new { } }));

        Assert.Equal("room_update", (await NextAsync(observer)).GetProperty("message").GetProperty("type").GetString());
        Assert.Equal("confirm_subscription", (await NextAsync(observer)).GetProperty("type").GetString());
        Assert.Equal(2, (await NextAsync(observer)).GetProperty("offset").GetInt64());
        Assert.Equal("confirm_history", (await NextAsync(observer)).GetProperty("type").GetString());
    }

    [Fact]
    public async Task History_UnknownEpochOrRefused_IsRejected()
    {
        await using var simulator = await StartAsync();
        var room = simulator.FindRoom("room")!;
        using var observer = await SubscribedAsync(simulator);
        room.Lock();
        var seen = await NextAsync(observer);

        room.Faults.RejectHistory = true;
        await observer.SendAsync(HistoryCommand("history", Streams(seen)));
        Assert.Equal("reject_history", (await NextAsync(observer)).GetProperty("type").GetString());

        room.Faults.Reset();
        simulator.Forget();
        await observer.SendAsync(HistoryCommand("history", Streams(seen)));
        Assert.Equal("reject_history", (await NextAsync(observer)).GetProperty("type").GetString());
    }

    private static object Streams(JsonElement seen) => new
    {
        since = 0,
        streams = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [seen.GetProperty("stream_id").GetString()!] = new
            {
                epoch = seen.GetProperty("epoch").GetString(),
                offset = seen.GetProperty("offset").GetInt64(),
            },
        },
    };

    private static string HistoryCommand(string command, object history) =>
        JsonSerializer.Serialize(new { command, identifier = Observer.Identifier, history });

    private static async Task<JsonElement> NextAsync(Observer observer) => JsonElement.Parse((await observer.ReceiveAsync())!);

    private static Task<Observer> ConnectAsync(EyesonSimulator simulator, string query = "") =>
        Observer.ConnectAsync(simulator, "room", query: query, protocols: [Protocol, "actioncable-v1-json"]);

    private static async Task<Observer> SubscribedAsync(EyesonSimulator simulator)
    {
        var observer = await ConnectAsync(simulator);
        await observer.SubscribeAsync();
        while (!(await observer.ReceiveAsync())!.Contains("confirm_subscription", StringComparison.Ordinal))
        {
            // Welcome and state come first.
        }

        return observer;
    }

    private async Task<EyesonSimulator> StartAsync()
    {
        var simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { Extended = true, TimeProvider = _clock }, TestContext.Current.CancellationToken);
        simulator.CreateRoom("room");
        return simulator;
    }
}
