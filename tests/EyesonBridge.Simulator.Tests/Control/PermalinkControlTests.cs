using System.Net;
using System.Text;
using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Control;

public sealed class PermalinkControlTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private EyesonSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(ct: TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri(_simulator.Url, "simulator/");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Permalink_DrivenOverHttp_GoesThroughItsLife()
    {
        var made = await SendAsync("POST", "permalinks", """{"name":"Weekly","roomId":"weekly","host":{"id":"ada","name":"Ada"}}""");
        var id = made.GetProperty("id").GetString();
        Assert.Equal(JsonValueKind.Null, made.GetProperty("startedAt").ValueKind);

        var permalink = Assert.Single(_simulator.Permalinks);
        Assert.Equal("weekly", (await SendAsync("GET", $"permalinks/{permalink.GuestToken}")).GetProperty("roomId").GetString());
        Assert.Equal(2, (await SendAsync("POST", $"permalinks/{id}/users", """{"id":"bob","name":"Bob"}""")).GetProperty("userTokens").GetArrayLength());
        Assert.Equal(JsonValueKind.String, (await SendAsync("POST", $"permalinks/{id}/start", "{}")).GetProperty("startedAt").ValueKind);
        Assert.NotNull(permalink.Room);
        Assert.Equal(JsonValueKind.Null, (await SendAsync("POST", $"permalinks/{id}/end", "")).GetProperty("startedAt").ValueKind);
        Assert.True((await SendAsync("POST", $"permalinks/{id}/expire", "")).GetProperty("isExpired").GetBoolean());
        Assert.False((await SendAsync("POST", $"permalinks/{id}/expire", """{"at":"2999-01-01T00:00:00Z"}""")).GetProperty("isExpired").GetBoolean());
        Assert.Equal(1, (await SendAsync("GET", "permalinks")).GetArrayLength());
        await SendAsync("DELETE", $"permalinks/{id}");
        Assert.Empty(_simulator.Permalinks);
        await SendAsync("GET", $"permalinks/{id}", expected: HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Permalink_AskedForWhatCannotBe_IsConflict()
    {
        var permalink = _simulator.CreatePermalink();

        await SendAsync("POST", $"permalinks/{permalink.Id}/end", "", HttpStatusCode.Conflict);
        permalink.Expire();
        await SendAsync("POST", $"permalinks/{permalink.Id}/start", "", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Webhook_RegisteredOverHttp_IsShownWithWhatWasSent()
    {
        await SendAsync("POST", "webhooks", """{"url":"http://127.0.0.1:1/hook","types":["room_update"]}""");
        _simulator.CreateRoom("r");
        await _simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal("http://127.0.0.1:1/hook", (await SendAsync("GET", "webhooks"))[0].GetProperty("url").GetString());
        var delivery = (await SendAsync("GET", "webhooks/deliveries"))[0];
        Assert.Equal("r", delivery.GetProperty("message").GetProperty("room").GetProperty("id").GetString());
        Assert.Equal(1, (await SendAsync("GET", "")).GetProperty("webhooksSent").GetInt32());
    }

    private async Task<JsonElement> SendAsync(string method, string path, string? body = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
