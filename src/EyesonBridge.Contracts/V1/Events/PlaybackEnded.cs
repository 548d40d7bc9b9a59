namespace EyesonBridge.Contracts.V1;

/// <summary>A media file ended, or was stopped.</summary>
/// <remarks>From <c>playback_update</c>, which carries the whole list: what is missing in it ended.</remarks>
public sealed record PlaybackEnded : RoomEvent, IMeetingEvent
{
    /// <summary>The file, as last seen.</summary>
    public required Playback Playback { get; init; }
}
