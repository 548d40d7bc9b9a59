using System.Text.RegularExpressions;
using EyesonBridge.Simulator;

namespace EyesonBridge.Integration.Tests.Telemetry;

/// <summary>Metrics and logs as an OTLP receiver gets them, and what must be in none of the exports.</summary>
[Collection(TelemetryGroup.Name)]
public sealed partial class ExportTests(TelemetryFixture fixture)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_AfterAMeetingWithAGap_AllCome()
    {
        var room = await fixture.ObserveAsync();
        await fixture.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        room.Drop(DropKind.Rst);
        await fixture.Events.WhenAsync(room.Id, "ObservationResumed", Cancellation);

        var metrics = await fixture.Receiver.WhenMetricsAsync(
            [
                "eyeson_bridge.rooms", "eyeson_bridge.frames", "eyeson_bridge.events.stored", "eyeson_bridge.events.published",
                "eyeson_bridge.event.lag", "messaging.client.operation.duration", "eyeson_bridge.reconnects", "eyeson_bridge.gap.duration",
                "eyeson_bridge.ping.age", "eyeson_bridge.outbox.events", "eyeson_bridge.outbox.size", "eyeson_bridge.outbox.age",
                "eyeson_bridge.publishing.stalled", "eyeson_bridge.handshake.wait.duration", "eyeson_bridge.accounts.refused",
            ],
            Cancellation);

        Assert.DoesNotContain(room.Id, metrics, StringComparison.Ordinal); // ids of rooms are for spans and logs
    }

    [Fact]
    public async Task Log_OfARoom_CarriesItsIdInTheScope()
    {
        var room = await fixture.ObserveAsync();

        var entry = await fixture.Receiver.WhenLogAsync("", log => log.Contains($"Observing room {room.Id}", StringComparison.Ordinal), Cancellation);

        Assert.Contains($"\"eyeson.room.id\":\"{room.Id}\"", entry, StringComparison.Ordinal);
        Assert.Contains("\"eyeson.account\":\"default\"", entry, StringComparison.Ordinal);
        Assert.Contains("eyeson-bridge", entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_OfAWholeMeeting_HoldNoSecret()
    {
        var room = await fixture.ObserveAsync();
        room.Join(new SimulatedUser("guest@example.com", "Guest", Guest: true));
        room.StartRecording("guest@example.com");
        room.TakeSnapshot();
        room.StopRecording();
        room.FinishRecording();
        room.Chat("the text of a chat message", "guest@example.com");
        await fixture.Events.WhenAsync(room.Id, "ChatMessageSent", Cancellation);
        await fixture.Receiver.WhenTraceAsync(
            """name = "process RoomChannel" """,
            trace => trace.Any(span => span["eyeson.event.type"] is "ChatMessageSent" && string.Equals(span["eyeson.room.id"], room.Id, StringComparison.Ordinal)),
            Cancellation);

        var exported = await fixture.Receiver.DumpAsync(Cancellation);
        var frames = string.Join('\n', room.Sent.Select(sent => sent.Json));
        List<string> secrets = [TelemetryFixture.ApiKey, "the text of a chat message", "guest:guest", .. Secrets().Matches(frames).Select(match => match.Groups["secret"].Value)];

        Assert.InRange(secrets.Distinct(StringComparer.Ordinal).Count(), 5, 50);
        Assert.Contains(room.Id, exported, StringComparison.Ordinal);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, exported, StringComparison.Ordinal));
    }

    [GeneratedRegex("(\"guest_token\":\"|X-Amz-Signature=)(?<secret>[^\"&\\\\]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Secrets();
}
