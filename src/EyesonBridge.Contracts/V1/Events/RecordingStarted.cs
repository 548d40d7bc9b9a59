namespace EyesonBridge.Contracts.V1;

/// <summary>A recording started.</summary>
/// <remarks>From <c>recording_update</c> without duration and download. OccurredAt is <c>recording.created_at</c>.</remarks>
public sealed record RecordingStarted : RoomEvent, IMeetingEvent
{
    /// <summary>Id of the recording (wire: <c>recording.id</c>).</summary>
    public required string RecordingId { get; init; }

    /// <summary>Who started it (wire: <c>recording.user</c>).</summary>
    public MeetingUser? StartedBy { get; init; }
}
