namespace EyesonBridge.Simulator.Cable;

/// <summary>What a session of the extended protocol remembers.</summary>
/// <param name="sid">Its id.</param>
/// <param name="room">Its room.</param>
internal sealed class CableSessionState(string sid, SimulatedRoom room)
{
    public string Sid { get; } = sid;

    public SimulatedRoom Room { get; } = room;

    /// <summary>When its socket was lost; null while it has one.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What it was subscribed to when it was last looked at.</summary>
    public IReadOnlyList<string> Identifiers { get; set; } = [];
}
