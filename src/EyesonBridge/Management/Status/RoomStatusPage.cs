using System.ComponentModel;

namespace EyesonBridge.Management.Status;

[Description("Some of the rooms that were asked for.")]
internal sealed record RoomStatusPage
{
    [Description("The rooms, by id.")]
    public required IReadOnlyList<RoomStatus> Items { get; init; }

    [Description("What to ask for next, as `after`; null when there are no more.")]
    public string? Next { get; init; }

    [Description("How many rooms were asked for, on all pages.")]
    public required int Found { get; init; }

    [Description("How many rooms are stored, whatever was asked for.")]
    public required int Total { get; init; }
}
