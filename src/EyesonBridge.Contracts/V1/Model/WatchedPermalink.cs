namespace EyesonBridge.Contracts.V1;

/// <summary>A permalink that is watched. Its token is a secret and left out.</summary>
public sealed record WatchedPermalink
{
    /// <summary>Id of the permalink (wire: <c>permalink.id</c>); null while Eyeson has not answered.</summary>
    public string? PermalinkId { get; init; }

    /// <summary>Id of its room (wire: <c>room.id</c>); null while Eyeson has not answered.</summary>
    public string? RoomId { get; init; }

    /// <summary>Name of the configured account whose API key observes its meetings.</summary>
    public required string Account { get; init; }

    /// <summary>True when the next meeting is waited for once one ends.</summary>
    public required bool Recurring { get; init; }

    /// <summary>True while a meeting is waited for; false once the only one has started.</summary>
    public required bool Waiting { get; init; }

    /// <summary>Start of the last meeting that was reported, UTC; null before the first.</summary>
    public DateTimeOffset? MeetingStartedAt { get; init; }
}
