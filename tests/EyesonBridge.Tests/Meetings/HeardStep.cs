using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Tests.Meetings;

/// <summary>One frame of a sequence, and what it led to.</summary>
internal sealed record HeardStep(
    WireFrame Frame, ObserverEvent? Read, MeetingState Before, long SequenceBefore, MeetingState After, IReadOnlyList<RoomEvent> Events)
{
    /// <summary>Hears all of <paramref name="frames"/>, one after the other.</summary>
    public static List<HeardStep> All(IEnumerable<WireFrame> frames, ObservedRoom? heardBy = null, Action<ObservedRoom>? afterEach = null)
    {
        var room = heardBy ?? new ObservedRoom();
        var steps = new List<HeardStep>();
        foreach (var frame in frames)
        {
            var before = room.State;
            var sequence = room.Sequence;
            var events = frame.Body is { } body ? room.Hear(body) : room.Conclude();
            var read = frame.Body is null ? null : ObserverEventReader.Read(frame.Body);
            steps.Add(new HeardStep(frame, read, before, sequence, room.State, events));
            afterEach?.Invoke(room);
        }

        return steps;
    }
}
