using EyesonBridge.Outbox;

namespace EyesonBridge.Management.Status;

/// <summary>What only a replica itself knows.</summary>
internal sealed record ReplicaReport
{
    public required Health Health { get; init; }

    /// <summary>Events in each slot of the last ten minutes, the oldest first.</summary>
    public required IReadOnlyList<long> Events { get; init; }

    public required long GapsLastHour { get; init; }

    public required IReadOnlyList<RecentGap> LatestGaps { get; init; }

    public required double OldestSeconds { get; init; }

    public required double StalledSeconds { get; init; }
}
