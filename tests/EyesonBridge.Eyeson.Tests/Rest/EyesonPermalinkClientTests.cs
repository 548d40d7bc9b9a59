using System.Globalization;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Rest;

public sealed class EyesonPermalinkClientTests : IDisposable
{
    private const string Form = "application/x-www-form-urlencoded: ";
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task GetMeetingInfoAsync_NotStarted_SaysSoAndSendsNoKey()
    {
        await using var server = await RestServer.AnswerAsync(
            200, """{"permalink":{"id":"p","expires_at":null,"guest_token":"SECRET"},"room":{"id":"r","name":"Daily","started_at":null}}""");

        var meeting = await Client(new Uri(server.Url, "/v")).GetMeetingInfoAsync("SECRET/t", TestContext.Current.CancellationToken);

        Assert.Equal(("p", "SECRET", "r", "Daily"), (meeting.Value!.Permalink.Id, meeting.Value.Permalink.GuestToken, meeting.Value.Room.Id, meeting.Value.Room.Name));
        Assert.False(meeting.Value.IsStarted);
        Assert.False(meeting.Value.IsExpired(DateTimeOffset.MaxValue));
        Assert.Equal(["GET /v/permalink/SECRET%2Ft []"], server.Requests, StringComparer.Ordinal);
        Assert.DoesNotContain("SECRET", meeting.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" "2026-01-01T12:00:00Z" """, "", true)]
    [InlineData("null", "", false)]
    [InlineData(""" "2026-01-01T12:00:00Z" """, ""","shutdown":true""", false)]
    public async Task GetMeetingInfoAsync_StartedOrNot_IsToldByTheRoom(string startedAt, string more, bool started)
    {
        await using var server = await RestServer.AnswerAsync(
            200, $$$"""{"permalink":{"id":"p","expires_at":"2026-01-01T12:00:00Z"},"room":{"id":"r","started_at":{{{startedAt}}}{{{more}}}}}""");

        var meeting = await Client(server.Url).GetMeetingInfoAsync("t", TestContext.Current.CancellationToken);

        var end = DateTimeOffset.Parse("2026-01-01T12:00:00Z", CultureInfo.InvariantCulture);
        Assert.Equal(started, meeting.Value!.IsStarted);
        Assert.False(meeting.Value.IsExpired(end));
        Assert.True(meeting.Value.IsExpired(end.AddTicks(1)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"permalink":null,"room":7}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task GetMeetingInfoAsync_AnotherBody_IsUnreadable(string body)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        Assert.Equal(RestOutcome.Unreadable, (await Client(server.Url).GetMeetingInfoAsync("t", TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task StartMeetingAsync_Created_GivesTheSeatAndHidesIt()
    {
        await using var server = await RestServer.AnswerAsync(201, """
            {"access_key":"SECRET1","room":{"id":"r","name":"Daily","started_at":"2026-01-01T12:00:00Z","guest_token":"SECRET2"},
             "user":{"id":"u","name":"Ada"},"links":{"gui":"https://app.test/?SECRET3","guest_join":"SECRET4"}}
            """);

        var seat = await Client(server.Url).StartMeetingAsync("SECRET/t", TestContext.Current.CancellationToken);

        Assert.Equal((RestOutcome.Ok, 201), (seat.Outcome, seat.Status));
        Assert.Equal(("SECRET1", "r", "u", "https://app.test/?SECRET3"), (seat.Value!.AccessKey, seat.Value.Room.Id, seat.Value.User!.Id, seat.Value.Links.Gui));
        Assert.Equal(["POST /permalink/SECRET%2Ft []"], server.Requests, StringComparer.Ordinal);
        Assert.Equal([Form], server.Bodies, StringComparer.Ordinal);
        Assert.DoesNotContain("SECRET", seat.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateGuestAsync_Created_SendsThePersonAndGivesTheSeat()
    {
        await using var server = await RestServer.AnswerAsync(201, """{"access_key":"SECRET"}""");
        var guest = new GuestRequest { Name = "Ada & Co", Email = "ada@example.com", Locale = "de", Id = "ada" };

        var seat = await Client(server.Url).CreateGuestAsync("g/t", guest, TestContext.Current.CancellationToken);

        Assert.Equal("SECRET", seat.Value!.AccessKey);
        Assert.Equal(["POST /guests/g%2Ft []"], server.Requests, StringComparer.Ordinal);
        Assert.Equal([$"{Form}name=Ada+%26+Co&email=ada%40example.com&id=ada&custom_fields%5Blocale%5D=de"], server.Bodies, StringComparer.Ordinal);
        Assert.DoesNotContain("SECRET", seat.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("da", guest.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateGuestAsync_OnlyAName_SendsOnlyThat()
    {
        await using var server = await RestServer.AnswerAsync(201, """{"access_key":"k"}""");

        await Client(server.Url).CreateGuestAsync("t", new() { Name = "Ada" }, TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<ArgumentException>(() => Client(server.Url).CreateGuestAsync("t", new() { Name = "" }, TestContext.Current.CancellationToken));

        Assert.Equal([$"{Form}name=Ada"], server.Bodies, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"locked":true}""", RestOutcome.Locked)]
    [InlineData("""{"access_key":null,"locked":true}""", RestOutcome.Locked)]
    [InlineData("""{"access_key":"k","locked":true}""", RestOutcome.Ok)]
    [InlineData("""{"access_key":null}""", RestOutcome.Unreadable)]
    [InlineData("""{"locked":false}""", RestOutcome.Unreadable)]
    public async Task CreateGuestAsync_GoodAnswerWithoutAKey_IsLockedOrUnreadable(string body, RestOutcome expected)
    {
        await using var server = await RestServer.AnswerAsync(201, body);

        var seat = await Client(server.Url).CreateGuestAsync("t", new() { Name = "Ada" }, TestContext.Current.CancellationToken);

        Assert.Equal((expected, expected == RestOutcome.Ok), (seat.Outcome, seat.IsOk));
    }

    [Theory]
    [InlineData(400, RestOutcome.Invalid)]
    [InlineData(403, RestOutcome.KeyRefused)]
    [InlineData(404, RestOutcome.NotFound)]
    [InlineData(410, RestOutcome.Gone)]
    [InlineData(422, RestOutcome.Invalid)]
    [InlineData(423, RestOutcome.Locked)]
    [InlineData(429, RestOutcome.TooManyRequests)]
    [InlineData(500, RestOutcome.ServerError)]
    public async Task Call_OfEachKind_AnotherStatusIsItsOutcome(int status, RestOutcome expected)
    {
        await using var server = await RestServer.AnswerAsync(status);
        var client = Client(server.Url);

        Assert.Equal((expected, status), Seen(await client.GetMeetingInfoAsync("t", TestContext.Current.CancellationToken)));
        Assert.Equal((expected, status), Seen(await client.StartMeetingAsync("t", TestContext.Current.CancellationToken)));
        Assert.Equal((expected, status), Seen(await client.CreateGuestAsync("t", new() { Name = "Ada" }, TestContext.Current.CancellationToken)));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task Call_WithATokenThatIsAPath_IsNotFoundWithoutARequest(string token)
    {
        await using var server = await RestServer.AnswerAsync(200, "{}");

        Assert.Equal(RestOutcome.NotFound, (await Client(server.Url).GetMeetingInfoAsync(token, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(RestOutcome.NotFound, (await Client(server.Url).StartMeetingAsync(token, TestContext.Current.CancellationToken)).Outcome);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("ftp://x", 1, 0)]
    [InlineData("https://x", 0, 0)]
    [InlineData("https://x", 1, -1)]
    public void Constructor_WithWhatCannotWork_Throws(string url, int seconds, int retries) =>
        Assert.Throws<ArgumentException>(() => new EyesonPermalinkClient(_http, new Uri(url), TimeSpan.FromSeconds(seconds), retries: retries));

    private static (RestOutcome Outcome, int? Status) Seen<T>(RestResult<T> result)
        where T : class => (result.Outcome, result.Status);

    private EyesonPermalinkClient Client(Uri url) => new(_http, url, clock: new ManualTimeProvider(), retries: 0);
}
