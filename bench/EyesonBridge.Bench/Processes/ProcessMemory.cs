using System.Globalization;

namespace EyesonBridge.Bench.Processes;

/// <summary>What a process holds in RAM.</summary>
/// <param name="Rss">Bytes resident, in part shared with others: what operators see.</param>
/// <param name="Pss">Bytes resident, with what is shared divided among those who share it.</param>
internal readonly record struct ProcessMemory(long Rss, long Pss)
{
    /// <summary>Reads it from <c>/proc/PID/smaps_rollup</c>.</summary>
    public static ProcessMemory Of(int processId)
    {
        long rss = 0, pss = 0;
        foreach (var line in File.ReadLines($"/proc/{processId}/smaps_rollup"))
        {
            if (line.StartsWith("Rss:", StringComparison.Ordinal))
                rss = Bytes(line);
            else if (line.StartsWith("Pss:", StringComparison.Ordinal))
                pss = Bytes(line);
        }

        return new ProcessMemory(rss, pss);
    }

    private static long Bytes(string line) =>
        1024 * long.Parse(line.AsSpan(4, line.Length - 6), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
}
