using System.Text.RegularExpressions;
using EyesonBridge.Integration.Tests.Harness;

namespace EyesonBridge.Integration.Tests.Telemetry;

/// <summary>What Prometheus gets when it fetches the metrics, with a real broker and real commands.</summary>
[Collection(TelemetryGroup.Name)]
public sealed partial class ScrapeTests(TelemetryFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterCommandsOfEachKind_TellTheirOutcomesAndWhatIsInTheErrorQueue()
    {
        await using var control = await fixture.Environment.ConnectAsync(Cancellation);
        await control.RequestAsync("GetObservations", "{}", Cancellation);
        await control.RequestAsync("ObserveRoom", """{"roomId":"lost","account":"nobodys"}""", Cancellation);
        await control.SendAsync("this is no JSON"u8.ToArray(), Cancellation);
        await control.SendAsync("ObserveRoom", """{"roomId":{"not":"text"}}""", Cancellation);
        await control.SendAsync("NoSuchCommand", "{}", Cancellation);

        await WhenScrapedAsync(
            text => Has(text, "completed", "GetObservations")
                && Has(text, "rejected\",reason=\"unknownAccount", "ObserveRoom")
                && Has(text, "failed", "other")
                && Has(text, "skipped", "other")
                && !Has(text, "completed", "other")
                && ErrorQueue().Match(text) is { Success: true } dead
                && dead.Groups["count"].Value is not ("0" or "1"));

        static bool Has(string text, string outcome, string type) =>
            text.Contains($"eyeson_bridge_commands_total{{otel_scope_name=\"EyesonBridge\",outcome=\"{outcome}\",type=\"{type}\"}} ", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OfATracedEvent_HaveTheTraceAsExemplar()
    {
        var room = await fixture.ObserveAsync();
        room.Chat("hello", "u1");
        await fixture.Events.WhenAsync(room.Id, "ChatMessageSent", Cancellation);

        var text = await WhenScrapedAsync(text => SendExemplar().IsMatch(text) && LagExemplar().IsMatch(text));
        var traceId = LagExemplar().Match(text).Groups["trace"].Value;
        await fixture.Receiver.WhenTraceAsync(
            """name = "process RoomChannel" """, trace => trace.Any(span => string.Equals(span.TraceId, traceId, StringComparison.Ordinal)), Cancellation);

        var duration = SendExemplar().Match(text).Groups["labels"].Value;
        Assert.Contains("messaging_operation_type=\"send\"", duration, StringComparison.Ordinal);
        Assert.Contains($"server_address=\"{fixture.Broker.Url.Host}\"", duration, StringComparison.Ordinal);
        Assert.Contains($"server_port=\"{fixture.Broker.Url.Port}\"", duration, StringComparison.Ordinal);
        Assert.DoesNotContain(room.Id, text, StringComparison.Ordinal);
        Assert.DoesNotContain(TelemetryFixture.ApiKey, text, StringComparison.Ordinal);
    }

    private Task<string> WhenScrapedAsync(Func<string, bool> isIt) => ScrapedMetrics.WhenAsync(fixture.Bridge, isIt, Cancellation);

    [GeneratedRegex("eyeson_bridge_commands_dead\\{[^}]*queue=\"error\"\\} (?<count>\\d+)\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ErrorQueue();

    [GeneratedRegex("messaging_client_operation_duration_seconds_bucket\\{(?<labels>[^}]*)\\} \\d+ # \\{[^}]*trace_id=\"[0-9a-f]{32}\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SendExemplar();

    [GeneratedRegex("eyeson_bridge_event_lag_seconds_bucket\\{[^}]*\\} \\d+ # \\{[^}]*trace_id=\"(?<trace>[0-9a-f]{32})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LagExemplar();
}
