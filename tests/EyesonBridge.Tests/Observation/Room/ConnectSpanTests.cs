using System.Collections.Concurrent;
using System.Diagnostics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Telemetry;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Telemetry;

namespace EyesonBridge.Tests.Observation.Room;

[Collection(TracedGroup.Name)]
public sealed class ConnectSpanTests
{
    private const string Over = """{"type":"room_update","content":{"id":"room","shutdown":true,"started_at":"2026-01-01T12:00:00Z"}}""";

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Connect_MeetingOverBeforeTheConfirmation_IsNoFailedAttempt()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => string.Equals(source.Name, BridgeTelemetry.SourceName, StringComparison.Ordinal),
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var server = new ScriptedTransport();
        await using var bridge = await ObservationBench.CreateAsync(new ManualTimeProvider());
        bridge.Transport = server;
        await bridge.StartAsync();
        await bridge.RegisterAsync();

        var socket = (await server.AcceptAsync()).Send("""{"type":"welcome"}""");
        await socket.WhenSentAsync("subscribe");
        socket.Say(Over);
        await bridge.WhenAsync<ObservationEnded>();

        Assert.Contains(spans, span => span.OperationName is "process RoomChannel"); // the listener hears
        Assert.DoesNotContain(spans, span => span.OperationName is "connect" && span.Status is ActivityStatusCode.Error);
    }
}
