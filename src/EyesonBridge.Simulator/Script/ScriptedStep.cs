namespace EyesonBridge.Simulator;

/// <summary>Something that happens in a <see cref="ScriptedMeeting"/>.</summary>
public sealed record ScriptedStep
{
    internal ScriptedStep(double at, string? wireType, string description, Action<SimulatedRoom> run)
    {
        At = TimeSpan.FromSeconds(at);
        WireType = wireType;
        Description = description;
        Run = run;
    }

    /// <summary>When, from the beginning, at normal speed.</summary>
    public TimeSpan At { get; }

    /// <summary>The type of the event that is sent; null when nothing is sent because the meeting is over.</summary>
    public string? WireType { get; }

    /// <summary>What happens, in a few words.</summary>
    public string Description { get; }

    internal Action<SimulatedRoom> Run { get; }
}
