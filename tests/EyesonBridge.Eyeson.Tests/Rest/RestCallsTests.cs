using System.Globalization;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Rest;

/// <summary>What each call of the client with a key sends.</summary>
public sealed class RestCallsTests : IDisposable
{
    private const string Key = "the/key=";
    private const string Meeting = """{"permalink":{"id":"p"},"room":{"id":"r","started_at":null}}""";
    private const string Form = "application/x-www-form-urlencoded: ";

    private static readonly PermalinkUserRequest Ada = new() { Name = "Ada & Co", Id = "ada@example.com", Avatar = "https://x.test/a.png", Locale = "de" };
    private readonly HttpClient _http = new();

    public static TheoryData<string, Func<EyesonRestClient, CancellationToken, Task>, string, string, string> Calls => new()
    {
        { "users", (client, ct) => client.GetRoomUsersAsync("a/b ?", online: null, ct), "GET /v/rooms/a%2Fb%20%3F/users", "", "[]" },
        { "users online", (client, ct) => client.GetRoomUsersAsync("r", online: true, ct), "GET /v/rooms/r/users?online=true", "", "[]" },
        { "users offline", (client, ct) => client.GetRoomUsersAsync("r", online: false, ct), "GET /v/rooms/r/users?online=false", "", "[]" },
        { "snapshot", (client, ct) => client.GetSnapshotAsync("a/b", ct), "GET /v/snapshots/a%2Fb", "", "{}" },
        { "shutdown", (client, ct) => client.ShutdownRoomAsync("a/b", ct), "DELETE /v/rooms/a%2Fb", "", "" },
        {
            "create",
            (client, ct) => client.CreatePermalinkAsync(
                new PermalinkRequest
                {
                    Name = "Daily",
                    ExpiresAt = new DateTimeOffset(2027, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
                    User = Ada,
                    Options = new Dictionary<string, string>(StringComparer.Ordinal) { ["show_names"] = "false" },
                },
                ct),
            "POST /v/permalink",
            $"{Form}name=Daily&expires_at=2027-01-02T02%3A04%3A05.000Z&user%5Bname%5D=Ada+%26+Co&user%5Bid%5D=ada%40example.com&user%5Bavatar%5D=https%3A%2F%2Fx.test%2Fa.png&user%5Bcustom_fields%5D%5Blocale%5D=de&options%5Bshow_names%5D=false",
            Meeting
        },
        { "list", (client, ct) => client.GetPermalinksAsync(query: null, ct), "GET /v/permalink", "", """{"items":[]}""" },
        {
            "list page",
            (client, ct) => client.GetPermalinksAsync(new PermalinkQuery { Page = 2, Limit = 50, Expired = false }, ct),
            "GET /v/permalink?page=2&limit=50&expired=false",
            "",
            "[]"
        },
        { "get", (client, ct) => client.GetPermalinkAsync("a/b", ct), "GET /v/permalink/a%2Fb", "", Meeting },
        { "update", (client, ct) => client.UpdatePermalinkAsync("a/b", new PermalinkRequest { Name = "New" }, ct), "PUT /v/permalink/a%2Fb", $"{Form}name=New", Meeting },
        { "delete", (client, ct) => client.DeletePermalinkAsync("a/b", ct), "DELETE /v/permalink/a%2Fb", "", "" },
        { "add user", (client, ct) => client.AddPermalinkUserAsync("a/b", new() { Name = "Bob" }, ct), "POST /v/permalink/a%2Fb/users", $"{Form}user%5Bname%5D=Bob", Meeting },
        { "remove user", (client, ct) => client.RemovePermalinkUserAsync("a/b", "t/t", ct), "DELETE /v/permalink/a%2Fb/users/t%2Ft", "", "" },
        { "webhook", (client, ct) => client.GetWebhookAsync(ct), "GET /v/webhooks", "", "[]" },
        {
            "register",
            (client, ct) => client.RegisterWebhookAsync(new Uri("https://x.test/h?a=b"), ["room_update", "recording_update"], ct),
            "POST /v/webhooks",
            $"{Form}url=https%3A%2F%2Fx.test%2Fh%3Fa%3Db&types=room_update%2Crecording_update",
            ""
        },
        { "delete webhook", (client, ct) => client.DeleteWebhookAsync("a/b", ct), "DELETE /v/webhooks/a%2Fb", "", "" },
    };

    public void Dispose() => _http.Dispose();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OfEachKind_SendsItsMethodPathKeyAndBody(
        string name, Func<EyesonRestClient, CancellationToken, Task> call, string request, string body, string answer)
    {
        await using var server = await RestServer.AnswerAsync(200, answer);

        await call(Client(new Uri(server.Url, "/v/")), TestContext.Current.CancellationToken);

        Assert.NotEmpty(name);
        Assert.Equal([$"{request} [{Key}]"], server.Requests, StringComparer.Ordinal);
        Assert.Equal([body], server.Bodies, StringComparer.Ordinal);
    }

    [Fact]
    public async Task GetRoomUsersAsync_Ok_GivesTheUsers()
    {
        await using var server = await RestServer.AnswerAsync(
            200, """[{"id":"u","room_id":"r","name":"Ada","avatar":null,"guest":true,"online":true}]""");

        var users = await Client(server.Url).GetRoomUsersAsync("r", online: true, TestContext.Current.CancellationToken);

        Assert.Equal([new() { Id = "u", RoomId = "r", Name = "Ada", Guest = true, Online = true }], users.Value!);
    }

    [Fact]
    public async Task GetSnapshotAsync_Ok_GivesTheSnapshot()
    {
        await using var server = await RestServer.AnswerAsync(
            200, """{"id":"s","name":"1702288218","links":{"download":"SECRET"},"created_at":"2023-12-11T09:50:18.000Z"}""");

        var snapshot = await Client(server.Url).GetSnapshotAsync("s", TestContext.Current.CancellationToken);

        Assert.Equal(("s", "SECRET", DateTimeOffset.FromUnixTimeSeconds(1_702_288_218)), (snapshot.Value!.Id, snapshot.Value.Links!.Download, snapshot.Value.CreatedAt));
        Assert.DoesNotContain("SECRET", snapshot.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreatePermalinkAsync_Created_GivesItsTokensAndHidesThem()
    {
        await using var server = await RestServer.AnswerAsync(201, """
            {"permalink":{"id":"p","created_at":"2023-12-11T09:50:18.000Z","expires_at":"2024-12-11T09:50:18.000Z","guest_token":"SECRET1","user_token":"SECRET2"},
             "room":{"id":"r","name":"Daily","started_at":null,"guest_token":"SECRET3"},
             "links":{"gui":"https://app.test/?SECRET4","guest_join":"https://app.test/?guest=SECRET5"}}
            """);

        var made = await Client(server.Url).CreatePermalinkAsync(new() { User = Ada }, TestContext.Current.CancellationToken);

        Assert.Equal(
            new PermalinkMeeting
            {
                Permalink = new()
                {
                    Id = "p",
                    CreatedAt = DateTimeOffset.Parse("2023-12-11T09:50:18Z", CultureInfo.InvariantCulture),
                    ExpiresAt = DateTimeOffset.Parse("2024-12-11T09:50:18Z", CultureInfo.InvariantCulture),
                    GuestToken = "SECRET1",
                    UserToken = "SECRET2",
                },
                Room = new() { Id = "r", Name = "Daily", GuestToken = "SECRET3" },
                Links = new() { Gui = "https://app.test/?SECRET4", GuestJoin = "https://app.test/?guest=SECRET5" },
            },
            made.Value);
        Assert.Equal(201, made.Status);
        Assert.DoesNotContain("SECRET", made.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", Ada.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"permalink":{"id":"p"},"room":{"id":"r"}}],"page":2,"limit":25,"total":26}""", 26)]
    [InlineData(""" [{"permalink":{"id":"p"},"room":{"id":"r"}}]""", null)]
    public async Task GetPermalinksAsync_EitherShape_GivesThePage(string body, int? total)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        var page = await Client(server.Url).GetPermalinksAsync(query: null, TestContext.Current.CancellationToken);

        Assert.Equal("p", Assert.Single(page.Value!.Items).Permalink.Id);
        Assert.Equal(total, page.Value.Total);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"items":null}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""[1]""")]
    [InlineData("null")]
    public async Task GetPermalinksAsync_NeitherShape_IsUnreadable(string body)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        var page = await Client(server.Url).GetPermalinksAsync(query: null, TestContext.Current.CancellationToken);

        Assert.Equal(RestOutcome.Unreadable, page.Outcome);
    }

    [Theory]
    [InlineData("""{"id":"w","url":"https://x.test/?SECRET","types":["room_update","recording_update"],"last_request_sent_at":"2023-12-11T09:50:18Z","last_response_code":"201"}""")]
    [InlineData("""[{"id":"w","url":"https://x.test/?SECRET","types":"room_update, recording_update","last_request_sent_at":1702288218,"last_response_code":201}]""")]
    public async Task GetWebhookAsync_EitherShape_GivesTheWebhook(string body)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        var result = await Client(server.Url).GetWebhookAsync(TestContext.Current.CancellationToken);

        var webhook = Assert.Single(result.Value!);
        Assert.Equal(("w", "https://x.test/?SECRET", "201"), (webhook.Id, webhook.Url, webhook.LastResponseCode));
        Assert.Equal(["room_update", "recording_update"], webhook.Types!, StringComparer.Ordinal);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1_702_288_218), webhook.LastRequestSentAt);
        Assert.DoesNotContain("SECRET", webhook.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "")]
    [InlineData(200, "null")]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(404, "not found")]
    public async Task GetWebhookAsync_NoneInAnyWay_GivesAnEmptyList(int status, string body)
    {
        await using var server = await RestServer.AnswerAsync(status, body);

        var result = await Client(server.Url).GetWebhookAsync(TestContext.Current.CancellationToken);

        Assert.Empty(result.Value!);
        Assert.Equal(RestOutcome.Ok, result.Outcome);
    }

    [Fact]
    public async Task RegisterWebhookAsync_WithWhatCannotWork_ThrowsBeforeAsking()
    {
        await using var server = await RestServer.AnswerAsync(201);
        var client = Client(server.Url);

        await Assert.ThrowsAsync<ArgumentException>(() => client.RegisterWebhookAsync(new Uri("/h", UriKind.Relative), ["room_update"], TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => client.RegisterWebhookAsync(new Uri("https://x.test"), [], TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    private EyesonRestClient Client(Uri url) => new(_http, new EyesonRestOptions { Url = url, ApiKey = Key, Retries = 0 }, new ManualTimeProvider());
}
