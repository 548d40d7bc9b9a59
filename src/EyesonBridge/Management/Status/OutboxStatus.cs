using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("What waits to be published, of all replicas.")]
internal sealed record OutboxStatus
{
    [Description("How many events wait.")]
    public required long Events { get; init; }

    [Description("Their size.")]
    public required long Bytes { get; init; }

    [Description("Age of the oldest, in seconds: how far the broker lags behind. 0 when none waits.")]
    public required double OldestSeconds { get; init; }

    [Description("For how long a replica has had nothing confirmed although events wait, in seconds.")]
    public required double StalledSeconds { get; init; }
}
