using System.Diagnostics.Metrics;

namespace EyesonBridge.Telemetry;

/// <summary>What the bridge counts and measures.</summary>
internal static class BridgeMetrics
{
    public const string MeterName = "EyesonBridge";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Events that the broker had no queue for, by type.</summary>
    public static readonly Counter<long> Unrouted = Meter.CreateCounter<long>(
        "eyeson_bridge.events.unrouted", "{event}", "Events that the broker took and that no queue is bound to.");
}
