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

    /// <summary>Frames that carry nothing for a room.</summary>
    public static readonly Counter<long> Discarded = Meter.CreateCounter<long>(
        "eyeson_bridge.frames.discarded", "{frame}", "Frames of other channels, or of types that the protocol does not have.");
}
