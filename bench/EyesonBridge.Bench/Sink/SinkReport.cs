using System.Globalization;

namespace EyesonBridge.Bench.Sink;

/// <summary>What the sink has counted. Times are in ticks of the stopwatch, latencies in microseconds.</summary>
internal sealed record SinkReport(long Messages, long Stamped, long Missing, long Late, long FirstAt, long LastAt, long P50, long P99, long P999, long ReopenedAt, long CaughtUpAt, long CaughtUpAfter)
{
    public static SinkReport Parse(string[] words)
    {
        var numbers = words.Skip(1).Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new SinkReport(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8], numbers[9], numbers[10], numbers[11]);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"counted {Messages} {Stamped} {Missing} {Late} {FirstAt} {LastAt} {P50} {P99} {P999} {ReopenedAt} {CaughtUpAt} {CaughtUpAfter}");
}
