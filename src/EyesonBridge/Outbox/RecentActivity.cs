namespace EyesonBridge.Outbox;

/// <summary>What this process observed lately, for those who look on: events a slot, gaps a minute, and the latest gaps.</summary>
/// <remarks>Kept in memory only, and in a fixed size, whatever happens.</remarks>
internal sealed class RecentActivity
{
    /// <summary>How many of the latest gaps are kept.</summary>
    public const int GapsKept = 8;

    private readonly SlotCounter _events = new(TimeSpan.FromSeconds(10), 61);
    private readonly SlotCounter _gaps = new(TimeSpan.FromMinutes(1), 61);
    private readonly Queue<RecentGap> _latestGaps = new();

    /// <summary>How long a slot of <see cref="EventsUntil"/> is.</summary>
    public TimeSpan SlotWidth => _events.Width;

    /// <summary>The latest gaps, the last that ended first.</summary>
    public IReadOnlyList<RecentGap> LatestGaps
    {
        get
        {
            lock (_latestGaps)
                return [.. _latestGaps.Reverse()];
        }
    }

    /// <summary>Events were observed.</summary>
    public void NoteEvents(DateTimeOffset at, int count) => _events.Add(at, count);

    /// <summary>A gap is over.</summary>
    public void NoteGap(RecentGap gap)
    {
        _gaps.Add(gap.To, 1);
        lock (_latestGaps)
        {
            if (_latestGaps.Count == GapsKept)
                _latestGaps.Dequeue();
            _latestGaps.Enqueue(gap);
        }
    }

    /// <summary>How many events there were in the slots of the ten minutes before that moment, the oldest first; without the one that is not over.</summary>
    public IReadOnlyList<long> EventsUntil(DateTimeOffset now) => [.. _events.Read(now).SkipLast(1)];

    /// <summary>How many gaps ended in the hour before that moment.</summary>
    public long GapsUntil(DateTimeOffset now) => _gaps.Read(now).Skip(1).Sum();
}
