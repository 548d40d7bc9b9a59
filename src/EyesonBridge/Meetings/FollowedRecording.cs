namespace EyesonBridge.Meetings;

/// <summary>A recording whose file was not ready when its meeting ended: only REST tells when it is.</summary>
/// <param name="MeetingStartedAt">Start of its meeting, where known.</param>
/// <param name="Until">When to give up.</param>
internal sealed record FollowedRecording(DateTimeOffset? MeetingStartedAt, DateTimeOffset Until);
