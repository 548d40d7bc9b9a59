namespace EyesonBridge.Contracts.V1;

/// <summary>The observation of a room, as the bridge keeps it.</summary>
public sealed record Observation
{
    /// <summary>Id of the room at Eyeson.</summary>
    public required string RoomId { get; init; }

    /// <summary>Name of the configured account whose API key is used.</summary>
    public required string Account { get; init; }

    /// <summary>Status of the observation.</summary>
    public required ObservationStatus Status { get; init; }

    /// <summary>When it got that status, UTC, by the clock of the bridge.</summary>
    public required DateTimeOffset StatusSince { get; init; }

    /// <summary>Why it is interrupted, ended or rejected: the name of the reason in camelCase.</summary>
    public string? Reason { get; init; }

    /// <summary>Who requested the observation: <c>command</c>, <c>permalink:ID</c>, <c>discovery</c>, <c>webhook</c>; empty when nobody does. Values can be added.</summary>
    public required IReadOnlyList<string> WantedBy { get; init; }

    /// <summary>Until when the bridge waits for a room that is not running, UTC.</summary>
    public DateTimeOffset? WaitUntil { get; init; }

    /// <summary>Number of the last event of this room; 0 before the first.</summary>
    public required long Sequence { get; init; }

    /// <summary>The meeting that is, or was last, observed.</summary>
    public string? MeetingId { get; init; }

    /// <summary>The replica that observes the room.</summary>
    public string? Owner { get; init; }
}
