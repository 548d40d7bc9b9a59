using System.Diagnostics;

namespace EyesonBridge.Bench.Load;

/// <summary>So many events a second, over all rooms in turn. An event counts from when it was due, however late it is sent.</summary>
internal static class PacedLoad
{
    /// <returns>How many events were sent.</returns>
    public static long Send(IReadOnlyList<SourceRoom> rooms, LoadKind kind, int eventsPerSecond, TimeSpan duration)
    {
        var total = (long)(eventsPerSecond * duration.TotalSeconds);
        var begun = Stopwatch.GetTimestamp();
        for (long sent = 0; sent < total;)
        {
            var due = (long)(Stopwatch.GetElapsedTime(begun).TotalSeconds * eventsPerSecond);
            for (; sent < Math.Min(due, total); sent++)
                rooms[(int)(sent % rooms.Count)].SendOne(kind, begun + (sent * Stopwatch.Frequency / eventsPerSecond));
            Thread.Sleep(1);
        }

        return total;
    }
}
