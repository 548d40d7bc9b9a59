using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;

namespace EyesonBridge.Management.Status;

/// <summary>What only the owner of a room knows.</summary>
internal sealed record RoomReport
{
    public DateTimeOffset? LastEventAt { get; init; }

    public required int Reconnects { get; init; }

    public required double LagSeconds { get; init; }

    public required IReadOnlyList<RecentEvent> Events { get; init; }

    public required IReadOnlyList<RecentGap> Gaps { get; init; }
}
