using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage;

/// <summary>A room as the store knows it.</summary>
internal sealed record RoomRow
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

    /// <summary>The state of the meeting as JSON; empty before the first.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Number of the last event; 0 before the first.</summary>
    public required long Sequence { get; init; }

    public string? MeetingId { get; init; }

    /// <summary>Where the streams of the extended protocol stand, as JSON.</summary>
    public string? Positions { get; init; }

    /// <summary>True while something is left to do though the observation may be over.</summary>
    public bool IsFollowed { get; init; }

    public string? Owner { get; init; }

    /// <summary>When the lease of the owner ends; null when it has no end.</summary>
    public DateTimeOffset? LeaseUntil { get; init; }

    /// <summary>Raised by each claim; an append with an older one fails.</summary>
    public required long Epoch { get; init; }

    /// <summary>True while the observation is not over.</summary>
    public bool IsActive => Status is not (ObservationStatus.Ended or ObservationStatus.Rejected);

    public bool IsWanted => WantedBy.Count > 0;
}
