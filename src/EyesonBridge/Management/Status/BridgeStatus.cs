using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;

namespace EyesonBridge.Management.Status;

/// <summary>How the bridge stands at a moment, as the status page shows it.</summary>
internal sealed record BridgeStatus
{
    public required DateTimeOffset At { get; init; }

    /// <summary>The parts of readiness, by name.</summary>
    public required IReadOnlyList<PartStatus> Parts { get; init; }

    public required OutboxDepth Outbox { get; init; }

    /// <summary>Age of the oldest event that waits; zero when none does.</summary>
    public required TimeSpan OldestAge { get; init; }

    /// <summary>How long nothing has been confirmed although events wait.</summary>
    public required TimeSpan StalledFor { get; init; }

    public required IReadOnlyDictionary<ObservationStatus, int> Counts { get; init; }

    /// <summary>How many rooms the query finds.</summary>
    public required int Found { get; init; }

    /// <summary>Those of the page.</summary>
    public required IReadOnlyList<RoomStatus> Rooms { get; init; }
}
