using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Testing.Rails;

namespace EyesonBridge.Integration.Tests.Harness;

public sealed class RailsObserverTests : IAsyncLifetime
{
    private const string Key = "rails-observer-key";

    private RailsObserver _rails = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _rails = await RailsObserver.StartAsync(Key, Cancellation);

    public ValueTask DisposeAsync() => _rails.DisposeAsync();

    [Theory]
    [InlineData("header")]
    [InlineData("subprotocol")]
    [InlineData("query")]
    public async Task Connect_RightKey_SendsStateBeforeConfirmation(string way)
    {
        await _rails.StartMeetingAsync("room", Cancellation);
        await using var observer = await ObserverSocket.ConnectAsync(_rails.SocketUrl("room"), way, Key, Cancellation);

        Assert.Equal("welcome", (await observer.ReceiveAsync(Cancellation)).Type);
        await observer.SubscribeAsync(Cancellation);

        var state = await observer.ReceiveAsync(Cancellation);
        Assert.Equal("room_update", state.EventType);
        Assert.Equal("room", (string?)state.Event!["content"]!["id"]);
        Assert.Equal("confirm_subscription", (await observer.ReceiveAsync(Cancellation)).Type);
        Assert.Equal(1, await _rails.CountSubscribersAsync("room", Cancellation));
    }

    [Theory]
    [InlineData("room", "wrong-key")]
    [InlineData("no-such-room", Key)]
    public async Task Connect_WrongKeyOrRoom_IsUnauthorizedAfterTheUpgrade(string room, string key)
    {
        await _rails.StartMeetingAsync("room", Cancellation);
        await using var observer = await ObserverSocket.ConnectAsync(_rails.SocketUrl(room), "header", key, Cancellation);

        var refusal = await observer.ReceiveAsync(Cancellation);

        Assert.Equal("disconnect", refusal.Type);
        Assert.Equal("unauthorized", (string?)refusal.Frame["reason"]);
        Assert.False((bool)refusal.Frame["reconnect"]!);
        Assert.True(await observer.IsClosedAsync(Cancellation));
    }

    [Fact]
    public async Task Broadcast_Subscribed_ArrivesUnchanged()
    {
        const string Message = """{"type":"chat","content":"Grüß dich 👋","cid":"c1","user_id":"u1","created_at":"2026-01-01T12:00:00.000Z"}""";
        await using var observer = await ObserveAsync("room");

        await _rails.BroadcastAsync("room", Message, Cancellation);

        var received = await observer.ReceiveAsync(Cancellation);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Message), received.Event), received.Frame.ToJsonString());
    }

    [Fact]
    public async Task EndMeeting_Subscribed_SaysShutdownThenCloses()
    {
        await using var observer = await ObserveAsync("room");

        await _rails.EndMeetingAsync("room", Cancellation);

        var last = await observer.ReceiveAsync(Cancellation);
        Assert.Equal("room_update", last.EventType);
        Assert.True((bool)last.Event!["content"]!["shutdown"]!);
        Assert.True(await observer.IsClosedAsync(Cancellation));
        await using var again = await ObserverSocket.ConnectAsync(_rails.SocketUrl("room"), "header", Key, Cancellation);
        Assert.Equal("unauthorized", (string?)(await again.ReceiveAsync(Cancellation)).Frame["reason"]);
    }

    [Fact]
    public async Task DropSockets_Subscribed_ClosesWithoutAWordAndLetsBackIn()
    {
        await using var observer = await ObserveAsync("room");

        await _rails.DropSocketsAsync("room", Cancellation);

        Assert.True(await observer.IsClosedAsync(Cancellation));
        await using var again = await ObserverSocket.ConnectAsync(_rails.SocketUrl("room"), "header", Key, Cancellation);
        Assert.Equal("welcome", (await again.ReceiveAsync(Cancellation)).Type);
    }

    [Fact]
    public async Task Restart_Subscribed_SaysSoAndLetsBackIn()
    {
        await using var observer = await ObserveAsync("room");

        await _rails.RestartAsync(Cancellation);

        var goodbye = await observer.ReceiveAsync(Cancellation);
        Assert.Equal("server_restart", (string?)goodbye.Frame["reason"]);
        Assert.True((bool)goodbye.Frame["reconnect"]!);
        Assert.True(await observer.IsClosedAsync(Cancellation));
        await using var again = await ObserveAsync("room");
    }

    [Fact]
    public async Task Ping_Subscribed_ComesByItself()
    {
        await using var observer = await ObserveAsync("room");

        var ping = await observer.ReceiveAsync(Cancellation, skipPings: false);

        Assert.Equal("ping", ping.Type);
        Assert.True((long)ping.Frame["message"]! > 1_700_000_000);
    }

    [Fact]
    public async Task Rooms_OverRest_ChecksTheKeyAndListsWhatRuns()
    {
        await _rails.StartMeetingAsync("room", Cancellation);
        using var http = new HttpClient { BaseAddress = _rails.Url };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("rooms", Cancellation)).StatusCode);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", Key);

        var rooms = await http.GetFromJsonAsync<JsonArray>("rooms", Cancellation);

        Assert.Equal("room", (string?)Assert.Single(rooms!)!["id"]);
        await _rails.EndMeetingAsync("room", Cancellation);
        Assert.Empty((await http.GetFromJsonAsync<JsonArray>("rooms", Cancellation))!);
    }

    [Fact]
    public async Task Dispose_SocketsOpen_LeavesNoProcess()
    {
        var rails = await RailsObserver.StartAsync(Key, Cancellation);
        await rails.StartMeetingAsync("room", Cancellation);
        await using var observer = await ObserverSocket.ConnectAsync(rails.SocketUrl("room"), "header", Key, Cancellation);
        var processes = ProcessTree.From(rails.ProcessId);

        await rails.DisposeAsync();

        await ProcessTree.WhenGoneAsync(processes, Cancellation);
    }

    private async Task<ObserverSocket> ObserveAsync(string room)
    {
        await _rails.StartMeetingAsync(room, Cancellation);
        var observer = await ObserverSocket.ConnectAsync(_rails.SocketUrl(room), "header", Key, Cancellation);
        await observer.ReceiveAsync(Cancellation);
        await observer.SubscribeAsync(Cancellation);
        while ((await observer.ReceiveAsync(Cancellation)).Type is not "confirm_subscription")
            continue;
        return observer;
    }
}
