using System.Collections.Concurrent;

namespace EyesonBridge.Simulator;

/// <summary>Which meeting a recording or a snapshot belongs to. Both outlive their meeting.</summary>
internal sealed class MeetingIndex
{
    private readonly ConcurrentDictionary<string, SimulatedRoom> _meetings = new(StringComparer.Ordinal);

    public void Add(string id, SimulatedRoom room) => _meetings[id] = room;

    public SimulatedRoom? Find(string id) => _meetings.GetValueOrDefault(id);
}
