using System.Diagnostics;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What a load came to.</summary>
/// <param name="Sent">By the source.</param>
/// <param name="Received">By the sink.</param>
/// <param name="Cpu">Taken by the candidate meanwhile.</param>
/// <param name="BrokerCpu">Taken by the broker; null when it cannot be told.</param>
internal sealed record LoadResult(SourceReport Sent, SinkReport Received, TimeSpan Cpu, TimeSpan? BrokerCpu)
{
    /// <summary>From the first event sent to the last one received.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(Sent.BegunAt, Received.LastAt);

    public double EventsPerSecond => Sent.Frames / Elapsed.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Sent.Frames;

    public double? BrokerCpuMicroseconds => BrokerCpu?.TotalMicroseconds / Sent.Frames;
}
