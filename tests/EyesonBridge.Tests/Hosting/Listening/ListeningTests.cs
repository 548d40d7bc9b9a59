using System.Net.Sockets;

namespace EyesonBridge.Tests.Hosting.Listening;

/// <summary>What is served where, and to whom.</summary>
public sealed class ListeningTests
{
    private const string Webhook = "/webhooks/eyeson/default";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("/webhooks/eyeson/../../")]
    [InlineData("/webhooks/eyeson/%2e%2e/%2E./")]
    [InlineData("/webhooks/eyeson/../../health/ready")]
    [InlineData("/webhooks/eyeson/.././../?a=b")]
    [InlineData("/./")]
    [InlineData("/..")]
    public async Task Request_DotSegments_LeadNowhere(string target)
    {
        await using var bridge = await StartAsync(("Webhook:Enabled", "true"));

        Assert.Equal(400, await RawRequest.SendAsync(UrlOf(bridge, 0), target, Cancelled));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/?filter=../x")]
    [InlineData("/status.js")]
    [InlineData("/health/live")]
    public async Task Request_OtherDots_AreFine(string target)
    {
        await using var bridge = await StartAsync();

        Assert.Equal(200, await RawRequest.SendAsync(UrlOf(bridge, 0), target, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Webhooks_WithTheirOwnAddress_AreServedThereAndNothingElseIs()
    {
        await using var bridge = await StartAsync(("Webhook:Enabled", "true"), ("Webhook:Url", "http://127.0.0.1:0"));
        var (management, webhooks) = (UrlOf(bridge, 0), UrlOf(bridge, 1));

        Assert.Equal(401, await RawRequest.SendAsync(webhooks, Webhook, Cancelled, "POST"));
        Assert.Equal(404, await RawRequest.SendAsync(management, Webhook, Cancelled, "POST"));
        Assert.Equal(200, await RawRequest.SendAsync(management, "/health/live", Cancelled));
        foreach (var operators in (string[])["/", "/health/live", "/health/ready", "/status.js"])
            Assert.Equal(404, await RawRequest.SendAsync(webhooks, operators, Cancelled));
        Assert.Equal(400, await RawRequest.SendAsync(webhooks, "/webhooks/../health/ready", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Webhooks_WithoutTheirOwnAddress_AreServedAtTheOperators()
    {
        await using var bridge = await StartAsync(("Webhook:Enabled", "true"));

        Assert.Equal(401, await RawRequest.SendAsync(UrlOf(bridge, 0), Webhook, Cancelled, "POST", host: "bridge.example.com"));
        Assert.Single(bridge.Bridge.Urls);
    }

    [Fact(Timeout = 60_000)]
    public async Task Webhooks_TooManyConnections_AreClosedAndOperatorsAreServed()
    {
        await using var bridge = await StartAsync(
            ("Webhook:Enabled", "true"), ("Webhook:Url", "http://127.0.0.1:0"), ("Webhook:MaxConnections", "1"));
        var (management, webhooks) = (UrlOf(bridge, 0), UrlOf(bridge, 1));
        using var holding = new TcpClient();
        await holding.ConnectAsync(webhooks.Host, webhooks.Port, Cancelled);
        await holding.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancelled);
        Assert.True(await holding.GetStream().ReadAsync(new byte[16], Cancelled) > 0); // it is being served, and stays

        Assert.Equal(0, await RawRequest.SendAsync(webhooks, Webhook, Cancelled, "POST"));

        Assert.Equal(200, await RawRequest.SendAsync(management, "/health/live", Cancelled));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("10.1.2.3:8080", 200)] // a probe asks the pod's address
    [InlineData("[fd00::1]:8080", 200)]
    [InlineData("localhost:8080", 200)]
    [InlineData("bridge:8080", 200)]
    [InlineData("bridge.meetings.svc", 200)]
    [InlineData("bridge.meetings.svc.cluster.local", 200)]
    [InlineData("bridge.example.com", 200)] // named below
    [InlineData("evil.example.com", 400)]
    [InlineData("10.1.2.3.example.com", 400)]
    [InlineData("localhost.example.com:8080", 400)]
    public async Task Management_AskedUnderANameThatAnybodyCanHave_Refuses(string host, int status)
    {
        await using var bridge = await StartAsync(("Management:AllowedHosts", "status.example.com; bridge.example.com"));

        Assert.Equal(status, await RawRequest.SendAsync(UrlOf(bridge, 0), "/", Cancelled, host: host));
    }

    [Fact(Timeout = 60_000)]
    public async Task Management_AnyHostAllowed_AnswersAll()
    {
        await using var bridge = await StartAsync(("Management:AllowedHosts", "*"));

        Assert.Equal(200, await RawRequest.SendAsync(UrlOf(bridge, 0), "/", Cancelled, host: "anything.example.com"));
    }

    private static Uri UrlOf(BridgeFixture bridge, int index) => new(bridge.Bridge.Urls.ElementAt(index));

    private static Task<BridgeFixture> StartAsync(params (string Setting, string Value)[] settings) =>
        BridgeFixture.StartAsync(Cancelled, settings.ToDictionary(pair => pair.Setting, pair => (string?)pair.Value, StringComparer.Ordinal));
}
