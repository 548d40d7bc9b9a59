using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Rest;

/// <summary>Keys and tokens stay out of what a call says, whatever the server or the network says.</summary>
public sealed class RestSecretsTests : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("""{"error":"name is missing"}""", "name is missing")]
    [InlineData("""{"message":"name\nis missing"}""", "name is missing")]
    [InlineData("""{"errors":["one","two"]}""", "one, two")]
    [InlineData("""{"errors":{"name":["is missing"],"id":7}}""", "name is missing")]
    [InlineData("""{"error":null}""", null)]
    [InlineData("""["x"]""", null)]
    [InlineData("nonsense", null)]
    [InlineData("", null)]
    public async Task Invalid_WithWhatIsWrong_GivesItAsTheReason(string body, string? reason)
    {
        await using var server = await RestServer.AnswerAsync(422, body);

        var result = await Client(server.Url).CreatePermalinkAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal((RestOutcome.Invalid, reason), (result.Outcome, result.Reason));
    }

    /// <summary>Looked through twice at each level, this would take longer than the sun.</summary>
    [Fact(Timeout = 20_000)]
    public async Task Invalid_NestedDeeply_IsNoReason()
    {
        var body = string.Concat(Enumerable.Repeat("""{"error":""", 60)) + "\"x\"" + new string('}', 60);
        await using var server = await RestServer.AnswerAsync(422, body);

        var result = await Task.Run(() => Client(server.Url).CreatePermalinkAsync(new(), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal((RestOutcome.Invalid, null), (result.Outcome, result.Reason));
    }

    [Fact]
    public async Task Invalid_WithALongReason_IsCut()
    {
        await using var server = await RestServer.AnswerAsync(400, $$"""{"error":"{{new string('x', 5000)}}"}""");

        var result = await Client(server.Url).CreatePermalinkAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(201, result.Reason!.Length);
    }

    [Fact]
    public async Task Invalid_ThatRepeatsSecrets_LosesThem()
    {
        await using var server = await RestServer.AnswerAsync(
            422, """{"error":"/permalink/p/users/SECRET%2Ftoken, SECRET/token, SECRETkey and https://x.test/?SECRETurl are wrong"}""");
        var ct = TestContext.Current.CancellationToken;
        var permalinks = new EyesonPermalinkClient(_http, server.Url, clock: new ManualTimeProvider());
        var url = new Uri("https://x.test/?SECRETurl");

        var removed = (await Client(server.Url).RemovePermalinkUserAsync("p", "SECRET/token", ct)).ToString();
        var asked = (await permalinks.GetMeetingInfoAsync("SECRET/token", ct)).ToString();
        var registered = (await Client(server.Url).RegisterWebhookAsync(url, ["room_update"], ct)).ToString();

        foreach (var text in new[] { removed, asked, registered })
            Assert.Contains("are wrong", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET/token", removed + asked, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET%2Ftoken", removed + asked, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETkey", removed + registered, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRETurl", registered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_WhenTheNetworkRepeatsThePath_LosesIt()
    {
        using var http = new HttpClient(new Talkative());
        var client = new EyesonPermalinkClient(http, new Uri("https://api.test"), clock: new ManualTimeProvider(), retries: 0);

        var result = await client.GetMeetingInfoAsync("SECRET/token", TestContext.Current.CancellationToken);

        Assert.Equal("cannot reach https://api.test/permalink/…", result.Reason);
    }

    private EyesonRestClient Client(Uri url) => new(_http, new EyesonRestOptions { Url = url, ApiKey = "SECRETkey" }, new ManualTimeProvider());

    private sealed class Talkative : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException($"cannot reach {request.RequestUri}");
    }
}
