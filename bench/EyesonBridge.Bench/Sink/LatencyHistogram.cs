using System.Numerics;

namespace EyesonBridge.Bench.Sink;

/// <summary>Counts times in buckets that are 1/64 wide relative to the time, so that a percentile is right to 1.6 %.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[(64 - SubBits) * SubBuckets];
    private long _total;

    public long Total => _total;

    /// <summary>Counts a time.</summary>
    /// <param name="microseconds">At least 0.</param>
    public void Add(long microseconds)
    {
        _counts[BucketOf(Math.Max(0, microseconds))]++;
        _total++;
    }

    /// <summary>The time that so large a part of all is not above, in microseconds; 0 when there are none.</summary>
    public long Percentile(double part)
    {
        var rank = (long)Math.Ceiling(part * _total);
        long seen = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank && seen > 0)
                return UpperEndOf(bucket);
        }

        return 0;
    }

    // Below 64 each time has its own bucket; above, the highest six bits after the first choose it.
    private static int BucketOf(long value)
    {
        if (value < SubBuckets)
            return (int)value;

        var shift = BitOperations.Log2((ulong)value) - SubBits;
        return ((shift + 1) << SubBits) + (int)((value >> shift) - SubBuckets);
    }

    private static long UpperEndOf(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;

        var shift = (bucket >> SubBits) - 1;
        return ((SubBuckets + (bucket & (SubBuckets - 1)) + 1L) << shift) - 1;
    }
}
