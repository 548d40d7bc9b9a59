using System.Net;
using EyesonBridge.Tests.Hosting;
using EyesonBridge.Tests.Telemetry;

namespace EyesonBridge.Tests.Management;

[Collection(TracedGroup.Name)]
public sealed class ScrapeTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("Management:Prometheus=false OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9")]
    [InlineData("Management:Prometheus=true OTEL_SDK_DISABLED=true")]
    public async Task Metrics_NotAskedFor_AreNotServed(string settings)
    {
        await using var bridge = await StartAsync(settings);

        using var answer = await bridge.GetAsync("/metrics", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Management:Prometheus=true")]
    [InlineData("Management:Prometheus=true OTEL_METRICS_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9")]
    [InlineData("Management:Prometheus=true OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://127.0.0.1:9")]
    public async Task Metrics_AskedFor_AreServedToPrometheus(string settings)
    {
        await using var bridge = await StartAsync(settings);

        using var answer = await bridge.GetAsync("/metrics", Cancelled);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("\neyeson_bridge_outbox_limit_bytes{", text, StringComparison.Ordinal);
        Assert.Contains("\neyeson_bridge_rooms{", text, StringComparison.Ordinal);
        Assert.Contains("\ntarget_info{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\neyeson_bridge_commands_dead", text, StringComparison.Ordinal); // no broker to ask
        Assert.DoesNotContain("a-key", text, StringComparison.Ordinal);
    }

    private static Task<BridgeFixture> StartAsync(string settings) => BridgeFixture.StartAsync(
        Cancelled,
        settings.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal));
}
