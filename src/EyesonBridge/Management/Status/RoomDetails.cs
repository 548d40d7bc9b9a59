using System.ComponentModel;
using EyesonBridge.Observation.Room;
using EyesonBridge.Outbox;

namespace EyesonBridge.Management.Status;

[Description("All that is told of one room.")]
internal sealed record RoomDetails
{
    [Description("The room and its observation.")]
    public required RoomStatus Room { get; init; }

    [Description("What is known of its meeting; null when that cannot be read.")]
    public MeetingSummary? Meeting { get; init; }

    [Description("False when the room's owner was not there to tell its latest events and gaps, or there is none.")]
    public required bool IsTold { get; init; }

    [Description("Types and times of its latest events, since its owner has it; the last first.")]
    public required IReadOnlyList<RecentEvent> Events { get; init; }

    [Description("Its latest gaps that have ended, since its owner has it; the last first.")]
    public required IReadOnlyList<RecentGap> Gaps { get; init; }
}
