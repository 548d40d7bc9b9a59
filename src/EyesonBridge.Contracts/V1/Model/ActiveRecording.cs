namespace EyesonBridge.Contracts.V1;

/// <summary>A recording that is running.</summary>
public sealed record ActiveRecording
{
    /// <summary>Id of the recording (wire: <c>recording.id</c>).</summary>
    public required string RecordingId { get; init; }

    /// <summary>When it started, UTC, to the second (wire: <c>recording.created_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Who started it (wire: <c>recording.user</c>).</summary>
    public MeetingUser? StartedBy { get; init; }
}
