using System.Diagnostics.Metrics;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Permalinks;

/// <summary>Whether a permalink waits for its host, counted over all of them for the gauge.</summary>
internal sealed class PermalinkWaiting : IDisposable
{
    private static readonly Meter Meter = new(BridgeMetrics.MeterName);
    private static int _count;

    /// <summary>How many wait.</summary>
    public static readonly ObservableGauge<int> Gauge = Meter.CreateObservableGauge(
        "eyeson_bridge.permalinks.waiting",
        static () => Volatile.Read(ref _count),
        "{permalink}",
        "Permalinks that wait for their host.");

    public bool IsWaiting { get; private set; }

    /// <summary>Notes whether it waits now.</summary>
    public void Is(bool waiting)
    {
        if (IsWaiting == waiting)
            return;

        IsWaiting = waiting;
        Interlocked.Add(ref _count, waiting ? 1 : -1);
    }

    public void Dispose() => Is(waiting: false);
}
