using System.ComponentModel;
using EyesonBridge.Outbox;

namespace EyesonBridge.Management.Status;

[Description("Times in which rooms were not observed although they should have been.")]
internal sealed record GapSummary
{
    [Description("How many gaps have ended in the last hour.")]
    public required long LastHour { get; init; }

    [Description("How many rooms have a gap now.")]
    public required int Now { get; init; }

    [Description("The latest gaps that have ended, the last first.")]
    public required IReadOnlyList<RecentGap> Latest { get; init; }
}
