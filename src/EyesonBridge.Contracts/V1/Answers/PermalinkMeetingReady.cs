namespace EyesonBridge.Contracts.V1;

/// <summary>The permalink's meeting is running, and its host can join.</summary>
public sealed record PermalinkMeetingReady
{
    /// <summary>Id of the room (wire: <c>room.id</c>).</summary>
    public required string RoomId { get; init; }

    /// <summary>Gives the host access to the meeting (wire: <c>access_key</c>). A secret that is sent in this answer only.</summary>
    public required string AccessKey { get; init; }

    /// <summary>Address of the meeting in Eyeson's own user interface; contains the access key (wire: <c>links.gui</c>).</summary>
    public string? JoinUrl { get; init; }

    /// <summary>When the meeting started, UTC (wire: <c>room.started_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Name of the account whose key observes the room: another than was asked for when that one observes it already. Null when it was not asked to observe.</summary>
    public string? Account { get; init; }
}
