using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>A room as lists show it: without the state of its meeting, which can be large.</summary>
internal record RoomSummary
{
    public required string RoomId { get; init; }

    public required string Account { get; init; }

    /// <summary>What wants the room, sorted; empty when nothing does.</summary>
    public required IReadOnlyList<string> WantedBy { get; init; }

    public DateTimeOffset? WaitUntil { get; init; }

    public required ObservationStatus Status { get; init; }

    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Name of the reason for the status, in camelCase.</summary>
    public string? Reason { get; init; }

    /// <summary>When something was last received from the room; null before the first subscription.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>Number of the last event; 0 before the first.</summary>
    public required long Sequence { get; init; }

    public string? MeetingId { get; init; }

    public string? Owner { get; init; }
}
