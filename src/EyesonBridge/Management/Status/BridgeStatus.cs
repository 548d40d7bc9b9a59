using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("How the bridge stands at a moment: all replicas, unless stated otherwise.")]
internal sealed record BridgeStatus
{
    [Description("The moment, by the clock of the replica that answers.")]
    public required DateTimeOffset At { get; init; }

    [Description("The replica that answers.")]
    public required string Replica { get; init; }

    [Description("How the replica that answers is: the worst of its checks.")]
    public required Health Health { get; init; }

    [Description("The parts of its readiness, by name.")]
    public required IReadOnlyList<CheckStatus> Checks { get; init; }

    [Description("Events that were observed lately.")]
    public required EventRate Events { get; init; }

    [Description("Events that wait to be published.")]
    public required OutboxStatus Outbox { get; init; }

    [Description("Gaps of rooms.")]
    public required GapSummary Gaps { get; init; }

    [Description("How many rooms are stored.")]
    public required int Rooms { get; init; }

    [Description("How many rooms have each status, by its name in camelCase; statuses that no room has are left out.")]
    public required IReadOnlyDictionary<string, int> RoomsByStatus { get; init; }

    [Description("The replicas that are alive, by name.")]
    public required IReadOnlyList<ReplicaStatus> Replicas { get; init; }
}
