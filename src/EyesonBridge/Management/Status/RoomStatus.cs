using System.ComponentModel;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Management.Status;

[Description("A room and its observation.")]
internal sealed record RoomStatus
{
    [Description("Id of the room at Eyeson.")]
    public required string RoomId { get; init; }

    [Description("Account whose key observes it.")]
    public required string Account { get; init; }

    [Description("Status of the observation.")]
    public required ObservationStatus Status { get; init; }

    [Description("Name of the reason for the status, in camelCase; null when there is none.")]
    public string? Reason { get; init; }

    [Description("Since when it has that status.")]
    public required DateTimeOffset StatusSince { get; init; }

    [Description("Who wants the room observed.")]
    public required IReadOnlyList<string> WantedBy { get; init; }

    [Description("Until when a room that is not running is waited for.")]
    public DateTimeOffset? WaitUntil { get; init; }

    [Description("The meeting that is, or was last, observed.")]
    public string? MeetingId { get; init; }

    [Description("The replica that observes it; null when none does.")]
    public string? Owner { get; init; }

    [Description("How many events there were: the number of the last one.")]
    public required long Events { get; init; }

    [Description("When the last event was observed; of rooms of other replicas, when they were last heard. Null when that is not known.")]
    public DateTimeOffset? LastEventAt { get; init; }

    [Description("How often it was tried to connect again, since its owner has it; null when that is not known here.")]
    public int? Reconnects { get; init; }

    [Description("How long the oldest event has been waiting for the broker's confirm, in seconds; 0 when none waits.")]
    public required double LagSeconds { get; init; }
}
