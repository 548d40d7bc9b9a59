namespace EyesonBridge.Contracts.V1;

/// <summary>A recording stopped. Its file is not ready yet.</summary>
/// <remarks>From <c>recording_update</c> with duration and without download.</remarks>
public sealed record RecordingStopped : RoomEvent, IMeetingEvent
{
    /// <summary>Id of the recording (wire: <c>recording.id</c>).</summary>
    public required string RecordingId { get; init; }

    /// <summary>Length in seconds (wire: <c>recording.duration</c>); null when the stop was found by comparing states.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Who had started it (wire: <c>recording.user</c>).</summary>
    public MeetingUser? StartedBy { get; init; }
}
