namespace EyesonBridge.Simulator;

/// <summary>How a <see cref="ScriptedMeeting"/> runs.</summary>
public sealed record ScriptedMeetingOptions
{
    /// <summary>How many times faster than the 20 s it is written for. Infinity does it without a pause. Default 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Waits for so many subscribed observers before it begins. Default 0.</summary>
    public int WaitForObservers { get; init; }

    /// <summary>
    /// Adds a second recording, whose file is only there after the meeting has ended: no event tells of that, only
    /// <c>GET /recordings/:id</c>. Default false.
    /// </summary>
    public bool LateRecording { get; init; }
}
