using System.Net;
using System.Text.Json;

namespace EyesonBridge.Simulator.Tests.Control;

public sealed class PermalinkControlTests : ControlledSimulator
{
    [Fact]
    public async Task Permalink_DrivenOverHttp_GoesThroughItsLife()
    {
        var made = await PostAsync("permalinks", """{"name":"Weekly","roomId":"weekly","host":{"id":"ada","name":"Ada"}}""");
        var id = made.GetProperty("id").GetString();
        Assert.Equal(JsonValueKind.Null, made.GetProperty("startedAt").ValueKind);

        var permalink = Assert.Single(Simulator.Permalinks);
        Assert.Equal("weekly", (await GetAsync($"permalinks/{permalink.GuestToken}")).GetProperty("roomId").GetString());
        Assert.Equal(2, (await PostAsync($"permalinks/{id}/users", """{"id":"bob","name":"Bob"}""")).GetProperty("userTokens").GetArrayLength());
        Assert.Equal(JsonValueKind.String, (await PostAsync($"permalinks/{id}/start", "{}")).GetProperty("startedAt").ValueKind);
        Assert.NotNull(permalink.Room);
        Assert.Equal(JsonValueKind.Null, (await PostAsync($"permalinks/{id}/end", "")).GetProperty("startedAt").ValueKind);
        Assert.True((await PostAsync($"permalinks/{id}/expire", "")).GetProperty("isExpired").GetBoolean());
        Assert.False((await PostAsync($"permalinks/{id}/expire", """{"at":"2999-01-01T00:00:00Z"}""")).GetProperty("isExpired").GetBoolean());
        Assert.Equal(1, (await GetAsync("permalinks")).GetArrayLength());
        await SendAsync(HttpMethod.Delete, $"permalinks/{id}");
        Assert.Empty(Simulator.Permalinks);
        await GetAsync($"permalinks/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Permalink_AskedForWhatCannotBe_IsConflict()
    {
        var permalink = Simulator.CreatePermalink();

        await PostAsync($"permalinks/{permalink.Id}/end", "", HttpStatusCode.Conflict);
        permalink.Expire();
        await PostAsync($"permalinks/{permalink.Id}/start", "", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Webhook_RegisteredOverHttp_IsShownWithWhatWasSent()
    {
        await PostAsync("webhooks", """{"url":"http://127.0.0.1:1/hook","types":["room_update"]}""");
        Simulator.CreateRoom("r");
        await Simulator.WhenDeliveredAsync(1, TestContext.Current.CancellationToken);

        Assert.Equal("http://127.0.0.1:1/hook", (await GetAsync("webhooks"))[0].GetProperty("url").GetString());
        var delivery = (await GetAsync("webhooks/deliveries"))[0];
        Assert.Equal("r", delivery.GetProperty("message").GetProperty("room").GetProperty("id").GetString());
        Assert.Equal(1, (await GetAsync("")).GetProperty("webhooksSent").GetInt32());
    }
}
