namespace EyesonBridge.Contracts.V1;

/// <summary>The file of a recording is ready for download.</summary>
/// <remarks>From <c>recording_update</c> with duration and download. It can come after the meeting ended.</remarks>
public sealed record RecordingFinished : RoomEvent, IMeetingEvent
{
    /// <summary>Id of the recording (wire: <c>recording.id</c>).</summary>
    public required string RecordingId { get; init; }

    /// <summary>Length in seconds (wire: <c>recording.duration</c>).</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Where to download the file: a signed URL that expires one hour after it was issued. Eyeson keeps the file for up to 14 days; get a new URL from <c>GET /recordings/:id</c> (wire: <c>recording.links.download</c>). Treat it as a secret.</summary>
    public required string DownloadUrl { get; init; }

    /// <summary>When the recording started, UTC, to the second (wire: <c>recording.created_at</c>).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Who had started it (wire: <c>recording.user</c>).</summary>
    public MeetingUser? StartedBy { get; init; }
}
