using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("One of the processes that share the rooms.")]
internal sealed record ReplicaStatus
{
    [Description("Its name: `owner` of the rooms that it observes.")]
    public required string Name { get; init; }

    [Description("True for the one that answers the request.")]
    public required bool IsThis { get; init; }

    [Description("How many rooms it owns.")]
    public required long Rooms { get; init; }

    [Description("How it is; null when it did not answer in time.")]
    public Health? Health { get; init; }

    [Description("Events a second, over the last minute; null when it did not answer in time.")]
    public double? EventsPerSecond { get; init; }

    [Description("How many gaps of its rooms have ended in the last hour; null when it did not answer in time.")]
    public long? GapsLastHour { get; init; }

    [Description("Age of the oldest event that it has to publish, in seconds; null when it did not answer in time.")]
    public double? OldestSeconds { get; init; }
}
