using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Webhooks;

public sealed class WebhookTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_702_288_218));
    private readonly HttpClient _http = new();
    private EyesonSimulator _simulator = null!;
    private WebhookReceiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { TimeProvider = _clock, ApiKeys = ["demo-key", "second-key"] }, TestContext.Current.CancellationToken);
        _http.BaseAddress = _simulator.Url;
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "demo-key");
        _receiver = await WebhookReceiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _receiver.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Meeting_WithAWebhook_IsToldInWebhookShapeAndSigned()
    {
        _simulator.RegisterWebhook(_receiver.Url);

        var room = _simulator.CreateRoom("r", "Room");
        room.Join(new SimulatedUser("ada", "Ada"));
        room.StartRecording();
        room.TakeSnapshot();
        room.StopRecording();
        room.FinishRecording();
        room.Shutdown();

        var started = await NextAsync("room_update", "room");
        Assert.Equal(("r", false), (started.GetProperty("id").GetString(), started.GetProperty("shutdown").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, (await NextAsync("recording_update", "recording")).GetProperty("duration").ValueKind);
        Assert.Equal("ada", (await NextAsync("snapshot_update", "snapshot")).GetProperty("creator").GetProperty("id").GetString());
        var stopped = await NextAsync("recording_update", "recording");
        Assert.Equal((JsonValueKind.Number, JsonValueKind.Null), (stopped.GetProperty("duration").ValueKind, stopped.GetProperty("links").GetProperty("download").ValueKind));
        Assert.Equal(JsonValueKind.String, (await NextAsync("recording_update", "recording")).GetProperty("links").GetProperty("download").ValueKind);
        Assert.True((await NextAsync("room_update", "room")).GetProperty("shutdown").GetBoolean());
        await _simulator.WhenDeliveredAsync(6, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5, 6], _simulator.WebhookDeliveries.Select(static delivery => delivery.Number));
    }

    [Fact]
    public async Task Recording_FinishedAfterTheMeeting_IsToldToTheWebhookOnly()
    {
        var room = _simulator.CreateRoom("r");
        room.StartRecording();
        room.Shutdown();
        _simulator.RegisterWebhook(_receiver.Url, ["recording_update"]);
        var sent = room.Sent.Count;

        room.FinishRecording();

        Assert.Equal(JsonValueKind.String, (await NextAsync("recording_update", "recording")).GetProperty("links").GetProperty("download").ValueKind);
        Assert.Equal(sent, room.Sent.Count);
    }

    [Fact]
    public async Task Webhook_OfAnotherKeyOrType_IsNotSent()
    {
        _simulator.RegisterWebhook(_receiver.Url, ["snapshot_update"]);

        _simulator.CreateRoom("foreign", apiKey: "second-key").TakeSnapshot();
        var mine = _simulator.CreateRoom("mine");
        mine.TakeSnapshot();

        Assert.Equal("mine", (await NextAsync("snapshot_update", "snapshot")).GetProperty("room").GetProperty("id").GetString());
        await _simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);
        Assert.Single(_simulator.WebhookDeliveries);
    }

    [Fact]
    public async Task Webhook_ThatCannotBeReached_IsRecordedAndTheNextGoesOn()
    {
        _simulator.RegisterWebhook(new Uri("http://127.0.0.1:1/"));
        _simulator.CreateRoom("a");
        await _simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);
        _simulator.RegisterWebhook(_receiver.Url);
        _simulator.CreateRoom("b");
        await _simulator.WhenDeliveredAsync(2, TestContext.Current.CancellationToken);

        Assert.Equal([null, 204], _simulator.WebhookDeliveries.Select(static delivery => delivery.Status));
    }

    [Fact]
    public async Task Resend_OfADelivery_SendsTheSameBodyAndSignature()
    {
        _simulator.RegisterWebhook(_receiver.Url);
        _simulator.CreateRoom("r");
        var first = await _receiver.NextAsync();
        await _simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromHours(1));

        _simulator.Resend(_simulator.WebhookDeliveries[0]);

        var second = await _receiver.NextAsync();
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(first.Signature, second.Signature);
    }

    [Fact]
    public async Task Webhook_RegisteredShownReplacedAndDeletedOverRest_IsOnePerKey()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/webhooks", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RegisterAsync("nowhere", "room_update"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await RegisterAsync("https://x.test/", ""));
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync("https://x.test/", "room_update"));
        var replaced = _simulator.FindWebhook()!.Id;
        Assert.Equal(HttpStatusCode.Created, await RegisterAsync(_receiver.Url.AbsoluteUri, "room_update,recording_update"));
        _simulator.CreateRoom("r");
        await _simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);

        var shown = await _http.GetFromJsonAsync<JsonElement>("/webhooks", TestContext.Current.CancellationToken);
        Assert.Equal(_receiver.Url.AbsoluteUri, shown.GetProperty("url").GetString());
        Assert.Equal(["room_update", "recording_update"], shown.GetProperty("types").EnumerateArray().Select(static type => type.GetString()), StringComparer.Ordinal);
        Assert.Equal("204", shown.GetProperty("last_response_code").GetString());
        Assert.Equal("2023-12-11T09:50:18.000Z", shown.GetProperty("last_request_sent_at").GetString());

        Assert.Equal(HttpStatusCode.NotFound, (await _http.DeleteAsync($"/webhooks/{replaced}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync($"/webhooks/{shown.GetProperty("id").GetString()}", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Null(_simulator.FindWebhook());
    }

    [Fact]
    public async Task Webhook_ToAReceiverThatNeverAnswers_WaitsInABoundedQueue()
    {
        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        await using var sender = new WebhookSender(_clock);
        sender.Register("demo-key", new Uri($"http://{deaf.LocalEndpoint}/"), ["room_update"]);

        sender.Send("demo-key", "room_update", "room", 0);
        using var open = await deaf.AcceptTcpClientAsync(TestContext.Current.CancellationToken); // the first is on its way
        for (var i = 0; i < 1010; i++)
            sender.Send("demo-key", "room_update", "room", i);

        Assert.Equal((10, 0), (sender.Dropped, sender.Count));
    }

    private async Task<HttpStatusCode> RegisterAsync(string url, string types)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("url", url), KeyValuePair.Create("types", types)]);
        using var answer = await _http.PostAsync("/webhooks", form, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>The next webhook's part, after its type, timestamp and signature were looked at.</summary>
    private async Task<JsonElement> NextAsync(string type, string property)
    {
        var (body, signature) = await _receiver.NextAsync();
        Assert.Equal(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("demo-key"), body)), signature);
        var json = JsonElement.Parse(body);
        Assert.Equal(["type", property, "timestamp"], json.EnumerateObject().Select(static member => member.Name), StringComparer.Ordinal);
        Assert.Equal(type, json.GetProperty("type").GetString());
        Assert.Equal(1_702_288_218, json.GetProperty("timestamp").GetInt64());
        return json.GetProperty(property);
    }
}
