namespace EyesonBridge.Simulator.Cable;

/// <summary>The events of a room that the extended protocol can repeat: the last 100, for 300 s, as AnyCable keeps them.</summary>
internal sealed class RoomStream(string name, string epoch, TimeProvider clock)
{
    private const int Limit = 100;

    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(300);

    private readonly Queue<StreamEntry> _entries = new();
    private long _offset;
    private long _lowest;

    public string Name { get; } = name;

    public string Epoch { get; } = epoch;

    public StreamEntry Append(byte[] body)
    {
        var entry = new StreamEntry(++_offset, clock.GetUtcNow(), body);
        _entries.Enqueue(entry);
        Trim();
        return entry;
    }

    /// <summary>What came after the position, or null when that cannot be told any more.</summary>
    /// <param name="position">The last one seen.</param>
    /// <param name="overlap">How many that were seen are repeated all the same.</param>
    public IReadOnlyList<StreamEntry>? After(StreamPosition position, int overlap)
    {
        Trim();
        var known = string.Equals(position.Epoch, Epoch, StringComparison.Ordinal)
            && position.Offset >= _lowest && position.Offset <= _offset;
        return known ? [.. _entries.Where(entry => entry.Offset > position.Offset - overlap)] : null;
    }

    public IReadOnlyList<StreamEntry> Since(long unixSeconds)
    {
        Trim();
        return [.. _entries.Where(entry => entry.At.ToUnixTimeSeconds() >= unixSeconds)];
    }

    private void Trim()
    {
        var deadline = clock.GetUtcNow() - Kept;
        while (_entries.TryPeek(out var oldest) && (_entries.Count > Limit || oldest.At < deadline))
        {
            _entries.Dequeue();
            _lowest = oldest.Offset + 1;
        }
    }
}
