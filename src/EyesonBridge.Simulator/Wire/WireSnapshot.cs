namespace EyesonBridge.Simulator.Wire;

/// <summary>A snapshot: an entry of <c>snapshot_update.snapshots</c> and <c>GET /snapshots/:id</c>.</summary>
internal sealed record WireSnapshot
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required WireSnapshotLinks Links { get; init; }

    public required WireUser? Creator { get; init; }

    public required string CreatedAt { get; init; }

    public required WireRoom Room { get; init; }
}
