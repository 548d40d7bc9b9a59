using System.Diagnostics.Metrics;
using EyesonBridge.Bus;
using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;
using Microsoft.Extensions.Options;
using Tag = System.Collections.Generic.KeyValuePair<string, object?>;

namespace EyesonBridge.Management;

/// <summary>What there is room for, what lies where somebody should look at it, and since when the process runs.</summary>
internal sealed class CapacityGauges : IDisposable
{
    private readonly Meter _meter = new(BridgeMetrics.MeterName);

    public CapacityGauges(IOptions<OutboxOptions> outbox, StoreVolume volume, DeadCommandDepth dead, TimeProvider time)
    {
        var startedAt = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        _meter.CreateObservableGauge("eyeson_bridge.start.time", () => startedAt, "s", "When the process started, in seconds since 1970-01-01.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.outbox.limit", () => outbox.Value.MaxBytes, "By", "Size of the events waiting to be published from which no more is read from Eyeson.");
        _meter.CreateObservableGauge("eyeson_bridge.store.volume.size", () => Measure(volume.Space?.Total), "By", "Size of the volume that the store is on.");
        _meter.CreateObservableGauge("eyeson_bridge.store.volume.free", () => Measure(volume.Space?.Free), "By", "What is free on the volume that the store is on.");
        _meter.CreateObservableGauge(
            "eyeson_bridge.commands.dead", () => MeasureDead(dead), "{command}", "Commands in the queues for those that were not carried out, by queue.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Measure(long? value) => value is { } known ? [new(known)] : [];

    private static IEnumerable<Measurement<long>> MeasureDead(DeadCommandDepth dead) =>
        dead.Read().Select(static queue => new Measurement<long>(queue.Commands, new Tag(TelemetryTags.Queue, queue.Queue)));
}
