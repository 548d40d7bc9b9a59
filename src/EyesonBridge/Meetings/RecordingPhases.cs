namespace EyesonBridge.Meetings;

/// <summary>The phases of a recording that were published.</summary>
[Flags]
internal enum RecordingPhases
{
    None = 0,
    Started = 1,
    Stopped = 2,
    Finished = 4,
}
