using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Rest;

public sealed class PermalinkTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly HttpClient _keyed = new();
    private readonly HttpClient _open = new();
    private EyesonSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { TimeProvider = _clock, ApiKeys = ["demo-key", "second-key"] }, TestContext.Current.CancellationToken);
        _keyed.BaseAddress = _open.BaseAddress = _simulator.Url;
        _keyed.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "demo-key");
    }

    public async ValueTask DisposeAsync()
    {
        _keyed.Dispose();
        _open.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Permalink_NotStartedThenStartedThenOver_IsToldToBothTokens()
    {
        var permalink = _simulator.CreatePermalink("Weekly", roomId: "weekly");

        foreach (var token in new[] { permalink.GuestToken, permalink.UserToken })
        {
            var waiting = await JsonAsync(_open, HttpMethod.Get, $"/permalink/{token}", HttpStatusCode.OK);
            Assert.Equal(JsonValueKind.Null, waiting.GetProperty("room").GetProperty("started_at").ValueKind);
            Assert.Equal(JsonValueKind.Null, waiting.GetProperty("permalink").GetProperty("expires_at").ValueKind);
            Assert.False(waiting.GetProperty("permalink").TryGetProperty("user_token", out _));
        }

        var room = _simulator.StartPermalink(permalink.UserToken);
        var started = await JsonAsync(_open, HttpMethod.Get, $"/permalink/{permalink.GuestToken}", HttpStatusCode.OK);
        Assert.Equal("2026-01-01T12:00:00.000Z", started.GetProperty("room").GetProperty("started_at").GetString());
        Assert.Equal(["weekly"], (await JsonAsync(_keyed, HttpMethod.Get, "/rooms", HttpStatusCode.OK)).EnumerateArray().Select(static one => one.GetProperty("id").GetString()), StringComparer.Ordinal);

        permalink.End();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var over = await JsonAsync(_open, HttpMethod.Get, $"/permalink/{permalink.GuestToken}", HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, over.GetProperty("room").GetProperty("started_at").ValueKind);

        var next = permalink.Start();
        Assert.Equal(("weekly", room.GuestToken), (next.Id, next.GuestToken));
        Assert.True(next.StartedAt > room.StartedAt);
    }

    [Fact]
    public async Task Start_ByTheHostTwice_StartsOnceAndGivesTwoSeats()
    {
        var permalink = _simulator.CreatePermalink(host: new SimulatedUser("ada", "Ada"));

        var first = await JsonAsync(_open, HttpMethod.Post, $"/permalink/{permalink.UserToken}", HttpStatusCode.Created);
        var second = await JsonAsync(_open, HttpMethod.Post, $"/permalink/{permalink.UserToken}", HttpStatusCode.Created);

        Assert.Equal("Ada", first.GetProperty("user").GetProperty("name").GetString());
        Assert.NotEqual(first.GetProperty("access_key").GetString(), second.GetProperty("access_key").GetString(), StringComparer.Ordinal);
        Assert.Same(permalink.Room, Assert.Single(_simulator.Rooms));
    }

    [Fact]
    public async Task Start_ExpiredOrWithAnotherToken_IsRefused()
    {
        var permalink = _simulator.CreatePermalink();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Post, $"/permalink/{permalink.GuestToken}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Post, "/permalink/unknown"));
        permalink.Expire();
        Assert.Equal(HttpStatusCode.Gone, await StatusAsync(_open, HttpMethod.Post, $"/permalink/{permalink.UserToken}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_open, HttpMethod.Get, $"/permalink/{permalink.UserToken}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Get, $"/permalink/{permalink.Id}"));
        Assert.Throws<InvalidOperationException>(() => _simulator.StartPermalink(permalink.UserToken));
        Assert.Throws<KeyNotFoundException>(() => _simulator.StartPermalink(permalink.GuestToken));
    }

    [Fact]
    public async Task Guest_InEachStateOfTheMeeting_IsAnsweredByIt()
    {
        var permalink = _simulator.CreatePermalink();
        var path = $"/guests/{permalink.GuestToken}";

        Assert.Equal(HttpStatusCode.NotFound, await GuestAsync("/guests/unknown"));
        Assert.Equal(HttpStatusCode.NotFound, await GuestAsync($"/guests/{permalink.UserToken}"));
        Assert.Equal(HttpStatusCode.Gone, await GuestAsync(path));
        var room = permalink.Start();
        Assert.Equal(HttpStatusCode.Created, await GuestAsync(path));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await GuestAsync(path, name: ""));
        room.Lock();
        Assert.Equal(HttpStatusCode.Locked, await GuestAsync(path));
        room.Unlock();
        permalink.Expire();
        Assert.Equal(HttpStatusCode.Gone, await GuestAsync(path));
        permalink.ExpiresAt = null;
        permalink.End();
        Assert.Equal(HttpStatusCode.Gone, await GuestAsync(path));
    }

    [Fact]
    public async Task Guest_OfARoomWithoutAPermalink_IsLetInWhileItRuns()
    {
        var room = _simulator.CreateRoom("room");

        var seat = await JsonAsync(
            _open, HttpMethod.Post, $"/guests/{room.GuestToken}", HttpStatusCode.Created, JsonContent.Create(new { name = "Ada", id = "ada" }));
        room.Shutdown();

        Assert.NotEmpty(seat.GetProperty("access_key").GetString()!);
        Assert.Equal("ada", seat.GetProperty("user").GetProperty("id").GetString());
        Assert.True(seat.GetProperty("user").GetProperty("guest").GetBoolean());
        Assert.Equal(HttpStatusCode.Gone, await GuestAsync($"/guests/{room.GuestToken}"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Permalink_MadeChangedAndDeletedOverRest_IsSo(bool asJson)
    {
        using HttpContent wanted = asJson
            ? JsonContent.Create(new { name = "Weekly", expires_at = "2026-01-02T00:00:00Z", user = new { name = "Ada" } })
            : Form(("name", "Weekly"), ("expires_at", "2026-01-02T00:00:00Z"), ("user[name]", "Ada"));
        var made = await JsonAsync(_keyed, HttpMethod.Post, "/permalink", HttpStatusCode.Created, wanted);
        var id = made.GetProperty("permalink").GetProperty("id").GetString()!;
        var permalink = _simulator.FindPermalink(id)!;
        Assert.Equal(permalink.UserToken, made.GetProperty("permalink").GetProperty("user_token").GetString());
        Assert.Equal(("Weekly", new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero)), (permalink.Name, permalink.ExpiresAt));

        using var change = Form(("name", "Monthly"));
        var changed = await JsonAsync(_keyed, HttpMethod.Put, $"/permalink/{id}", HttpStatusCode.OK, change);
        Assert.Equal("Monthly", changed.GetProperty("room").GetProperty("name").GetString());
        Assert.NotNull(permalink.ExpiresAt);

        using var bob = Form(("user[name]", "Bob"));
        var added = (await JsonAsync(_keyed, HttpMethod.Post, $"/permalink/{id}/users", HttpStatusCode.Created, bob))
            .GetProperty("permalink").GetProperty("user_token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_keyed, HttpMethod.Delete, $"/permalink/{id}/users/{added}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Delete, $"/permalink/{id}/users/{added}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Post, $"/permalink/{added}"));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(_keyed, HttpMethod.Delete, $"/permalink/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Get, $"/permalink/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Get, $"/permalink/{permalink.GuestToken}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_open, HttpMethod.Post, $"/permalink/{permalink.UserToken}"));
    }

    [Fact]
    public async Task Permalinks_Listed_ComeInPagesOfTheKey()
    {
        var mine = Enumerable.Range(0, 3).Select(_ => _simulator.CreatePermalink()).ToList();
        _simulator.CreatePermalink(apiKey: "second-key");
        mine[1].Expire();

        Assert.Equal(mine.Select(static one => one.Id), await IdsAsync("/permalink"), StringComparer.Ordinal);
        Assert.Equal([mine[2].Id], await IdsAsync("/permalink?page=2&limit=2"), StringComparer.Ordinal);
        Assert.Equal([mine[1].Id], await IdsAsync("/permalink?expired=true"), StringComparer.Ordinal);
        Assert.Equal([mine[0].Id, mine[2].Id], await IdsAsync("/permalink?expired=false"), StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(_keyed, HttpMethod.Get, "/permalink?page=0"));
    }

    [Fact]
    public async Task Permalink_WithoutOrWithAnotherKey_IsNotManaged()
    {
        var foreign = _simulator.CreatePermalink(apiKey: "second-key");

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_open, HttpMethod.Get, "/permalink"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(_open, HttpMethod.Delete, $"/permalink/{foreign.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Get, $"/permalink/{foreign.Id}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Delete, $"/permalink/{foreign.Id}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await StatusAsync(_keyed, HttpMethod.Post, "/permalink"));
    }

    [Fact]
    public async Task Room_ShutDownOverRest_IsOver()
    {
        var room = _simulator.CreateRoom("room");
        _simulator.CreateRoom("foreign", apiKey: "second-key");

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(_keyed, HttpMethod.Delete, "/rooms/room"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Delete, "/rooms/room"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(_keyed, HttpMethod.Delete, "/rooms/foreign"));

        Assert.True(room.Ended);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    private async Task<HttpStatusCode> GuestAsync(string path, string name = "Ada")
    {
        using var form = Form(("name", name));
        return await StatusAsync(_open, HttpMethod.Post, path, form);
    }

    private async Task<IReadOnlyList<string>> IdsAsync(string path) =>
    [
        .. (await JsonAsync(_keyed, HttpMethod.Get, path, HttpStatusCode.OK)).GetProperty("items").EnumerateArray()
            .Select(static item => item.GetProperty("permalink").GetProperty("id").GetString()!),
    ];

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<JsonElement> JsonAsync(
        HttpClient http, HttpMethod method, string path, HttpStatusCode expected, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
