using System.Buffers.Binary;

namespace EyesonBridge.Observation.Handover;

/// <summary>
/// Which frames the former owner of a room has heard and told already. Two connections are sent the same frames in about the
/// same order, so what is heard first here is looked for in what that one heard, and then one frame follows another.
/// </summary>
internal sealed class FrameRepeats
{
    /// <summary>By so much the times at which two replicas heard the same frame can differ: one that has just started is slow.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(3);

    /// <summary>What this replica heard so long before the former owner ended, that one heard too.</summary>
    public static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(500);

    /// <summary>So long after the handover the last of them can still come.</summary>
    public static readonly TimeSpan LatestAfter = TimeSpan.FromSeconds(10);

    /// <summary>By so many frames the order can differ.</summary>
    public const int OutOfOrder = 16;

    private readonly List<ulong?> _expected;
    private readonly TimeProvider _time;
    private readonly long _since;
    private int _next;
    private int? _left;

    private FrameRepeats(IEnumerable<ulong> expected, TimeProvider time)
    {
        _expected = [.. expected.Select(static mark => (ulong?)mark)];
        (_time, _since) = (time, time.GetTimestamp());
    }

    /// <summary>Finds where what is heard here begins in what the former owner heard.</summary>
    /// <param name="heard">What <see cref="HeardFrames.Write"/> made.</param>
    /// <param name="ago">How long ago that was.</param>
    /// <param name="subscribedFor">For how long this replica is subscribed.</param>
    /// <param name="held">What it heard since, each with its age.</param>
    /// <param name="time">Clock of when none is looked for any more.</param>
    /// <returns>
    /// Null when it is not certain that nothing was missed: this replica heard something well before the former owner ended that
    /// that one did not hear, as it was behind, or was sent something else.
    /// </returns>
    public static FrameRepeats? Find(
        ReadOnlySpan<byte> heard, TimeSpan ago, TimeSpan subscribedFor, IReadOnlyList<(ulong Mark, TimeSpan Age)> held, TimeProvider time)
    {
        var endedAgo = ago + Age(heard);
        var frames = Read(heard[HeardFrames.HeaderLength..], ago);
        if (held.Count == 0)
            return new FrameRepeats(frames.Where(frame => frame.Age <= subscribedFor).Select(static frame => frame.Mark), time);

        var first = held[0].Age;
        if (Begin(frames, held) is { } begin)
            return new FrameRepeats(frames.Skip(begin).Select(static frame => frame.Mark), time);

        if (first <= endedAgo + Behind && !frames.Exists(frame => frame.Age < first && frame.Mark == held[0].Mark))
            return new FrameRepeats([], time);

        // Not in the same order: what that one heard at about the same time and later.
        var near = frames.Where(frame => frame.Age <= first + Tolerance).Select(static frame => frame.Mark).ToList();
        return held.All(frame => frame.Age <= endedAgo + Behind || near.Contains(frame.Mark)) ? new FrameRepeats(near, time) : null;
    }

    /// <summary>True when the former owner heard the frame. Each is asked about once, in order.</summary>
    public bool TryTake(ulong mark)
    {
        if (_next == _expected.Count)
            return false;

        if (_left <= 0 || _time.GetElapsedTime(_since) > LatestAfter)
        {
            _next = _expected.Count;
            return false;
        }

        _left--;
        for (var (index, looked) = (_next, 0); index < _expected.Count && looked < OutOfOrder; index++)
        {
            if (_expected[index] is not { } expected)
                continue;

            looked++;
            if (expected != mark)
                continue;

            _expected[index] = null;
            while (_next < _expected.Count && _expected[_next] is null)
                _next++;
            return true;
        }

        _left ??= OutOfOrder; // new: hardly anything behind it is a repeat
        return false;
    }

    /// <summary>The place from which on everything is the same, as far as both go; the one nearest in time. Null when there is none.</summary>
    private static int? Begin(List<(ulong Mark, TimeSpan Age)> frames, IReadOnlyList<(ulong Mark, TimeSpan Age)> held)
    {
        int? best = null;
        var nearest = Tolerance;
        for (var begin = 0; begin < frames.Count; begin++)
        {
            var apart = (frames[begin].Age - held[0].Age).Duration();
            if (apart > nearest)
                continue;

            var length = Math.Min(held.Count, frames.Count - begin);
            var same = 0;
            while (same < length && frames[begin + same].Mark == held[same].Mark)
                same++;
            if (same == length)
                (best, nearest) = (begin, apart);
        }

        return best;
    }

    private static List<(ulong Mark, TimeSpan Age)> Read(ReadOnlySpan<byte> bytes, TimeSpan ago)
    {
        var frames = new List<(ulong Mark, TimeSpan Age)>();
        for (; bytes.Length >= HeardFrames.FrameLength; bytes = bytes[HeardFrames.FrameLength..])
            frames.Add((BinaryPrimitives.ReadUInt64LittleEndian(bytes), ago + Age(bytes[sizeof(ulong)..])));
        return frames;
    }

    private static TimeSpan Age(ReadOnlySpan<byte> bytes) => TimeSpan.FromMilliseconds(BinaryPrimitives.ReadInt32LittleEndian(bytes));
}
