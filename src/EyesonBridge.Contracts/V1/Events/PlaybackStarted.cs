namespace EyesonBridge.Contracts.V1;

/// <summary>A media file began to play in the meeting.</summary>
/// <remarks>From <c>playback_update</c>, which carries the whole list: what is new in it started.</remarks>
public sealed record PlaybackStarted : RoomEvent, IMeetingEvent
{
    /// <summary>The file.</summary>
    public required Playback Playback { get; init; }
}
