namespace EyesonBridge.Contracts.V1;

/// <summary>A meeting is over.</summary>
/// <remarks>From <c>room_update</c> with <c>shutdown: true</c>. Everybody who was still there leaves before this event.</remarks>
public sealed record MeetingEnded : RoomEvent, IMeetingEvent
{
    /// <summary>Name of the room (wire: <c>room_update.content.name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>When the meeting had started, UTC (wire: <c>started_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>False when Eyeson said so (<c>shutdown: true</c>); true when the bridge concluded it, because the room no longer runs or a later meeting has begun.</summary>
    public required bool Inferred { get; init; }
}
