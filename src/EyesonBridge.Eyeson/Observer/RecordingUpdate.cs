namespace EyesonBridge.Eyeson.Observer;

/// <summary>
/// <c>recording_update</c>, which comes three times a recording: start (no duration, no download link), stop
/// (duration), finish (both). The last one is missed when the end of the meeting stopped the recording.
/// </summary>
public sealed record RecordingUpdate : ObserverEvent
{
    /// <inheritdoc/>
    public override string Type => ObserverEventTypes.RecordingUpdate;

    /// <summary>The recording in its present phase.</summary>
    public Recording? Recording { get; init; }
}
