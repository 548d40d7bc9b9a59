using System.Globalization;

namespace EyesonBridge.Bench.Load;

/// <summary>What the source has sent. Times are in ticks of the stopwatch.</summary>
internal sealed record SourceReport(long Frames, long Stamped, long BegunAt, long EndedAt)
{
    public static SourceReport Parse(string[] words)
    {
        var numbers = words.Skip(1).Select(word => long.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        return new SourceReport(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
