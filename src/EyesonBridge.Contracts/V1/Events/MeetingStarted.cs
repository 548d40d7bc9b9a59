namespace EyesonBridge.Contracts.V1;

/// <summary>A meeting is ready to be joined.</summary>
/// <remarks>From <c>room_update</c> with <c>ready: true</c>; once for each meeting. OccurredAt is <c>started_at</c>.</remarks>
public sealed record MeetingStarted : RoomEvent, IMeetingEvent
{
    /// <summary>Name of the room (wire: <c>room_update.content.name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>When the meeting started, UTC (wire: <c>started_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }
}
