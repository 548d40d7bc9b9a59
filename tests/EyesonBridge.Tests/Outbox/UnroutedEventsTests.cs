using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EyesonBridge.Management;
using EyesonBridge.Outbox;
using EyesonBridge.Telemetry;
using EyesonBridge.Tests.Logging;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Outbox;

/// <summary>Events that no queue is bound to are seen, and fail nothing.</summary>
public sealed class UnroutedEventsTests
{
    [Fact(Timeout = 60_000)]
    public async Task Note_SomeTypes_CountsAndTellsThem()
    {
        using var log = new LogRecorder();
        var unrouted = new UnroutedEvents(log.CreateLogger<UnroutedEvents>());
        var name = $"GapType{Guid.NewGuid():N}";
        var healthy = await HealthAsync(unrouted);

        unrouted.Note(name);
        unrouted.Note("RoomLocked");
        unrouted.Note(name);

        Assert.Equal([new(name, 2), new("RoomLocked", 1)], unrouted.Counts);
        Assert.Equal(2, log.Count(4005)); // the first of each type
        Assert.Equal("Every event was routed to a queue.", healthy.Description);
        var told = await HealthAsync(unrouted);
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded), (healthy.Status, told.Status)); // not every type has a reader, but one may be missing
        Assert.StartsWith($"No queue was bound to these events, which are lost: {name} (2), RoomLocked (1).", told.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Note_Listened_IsMeasured()
    {
        var name = $"GapType{Guid.NewGuid():N}"; // other tests use the same meter
        var measured = new ConcurrentQueue<(long Value, object? Type)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (string.Equals($"{instrument.Meter.Name} {instrument.Name}", $"{BridgeMetrics.MeterName} eyeson_bridge.events.unrouted", StringComparison.Ordinal))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => measured.Enqueue((value, Assert.Single(tags.ToArray()).Value)));
        listener.Start();

        var unrouted = new UnroutedEvents(NullLogger<UnroutedEvents>.Instance);
        unrouted.Note(name);
        unrouted.Note(name);

        Assert.Equal(2, measured.Where(measure => Equals(measure.Type, name)).Sum(measure => measure.Value));
    }

    private static Task<HealthCheckResult> HealthAsync(UnroutedEvents unrouted) =>
        new RoutingHealthCheck(unrouted).CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
