namespace EyesonBridge.Bench.Scenarios;

/// <summary>Figures that several scenarios take.</summary>
internal static class Measures
{
    public static readonly Measure Throughput = new("throughput", "events a second", "1/s", MoreIsBetter: true, IsChecked: true);

    public static readonly Measure Cpu = new("cpu", "CPU an event", "µs", IsChecked: true);

    public static readonly Measure FirstCpu = new("cpu-first", "CPU an event, first load", "µs");

    public static readonly Measure BrokerCpu = new("broker-cpu", "CPU an event, broker", "µs");

    public static readonly Measure P50 = new("p50", "latency p50", "ms");

    public static readonly Measure P99 = new("p99", "latency p99", "ms");

    public static readonly Measure P999 = new("p99.9", "latency p99.9", "ms");

    public static readonly Measure Rss = new("rss", "memory (RSS)", "MB", IsChecked: true);

    public static readonly Measure Pss = new("pss", "memory (PSS)", "MB");

    public static readonly Measure IdleCpu = new("idle-cpu", "CPU", "% of a core", IsChecked: true);

    public static readonly Measure Start = new("start", "start until all rooms are confirmed", "s");
}
