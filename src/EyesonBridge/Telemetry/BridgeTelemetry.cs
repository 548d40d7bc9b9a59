using System.Diagnostics;

namespace EyesonBridge.Telemetry;

/// <summary>Where the bridge's traces come from.</summary>
internal static class BridgeTelemetry
{
    public const string SourceName = "EyesonBridge";

    public static readonly ActivitySource Source = new(SourceName);

    /// <summary>
    /// The W3C trace context (<c>traceparent</c>) of what is going on, or a fresh one that nobody records: consumers
    /// can correlate by it either way.
    /// </summary>
    public static string CurrentTraceParent()
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            return id;

        return $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-00";
    }
}
