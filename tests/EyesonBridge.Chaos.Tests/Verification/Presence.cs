using EyesonBridge.Chaos.Tests.Harness;

namespace EyesonBridge.Chaos.Tests.Verification;

/// <summary>What begins and ends does so in turn; and who is there in the end is who is there.</summary>
internal static class Presence
{
    private static readonly (string Begin, string End, string Property, string Id)[] Pairs =
    [
        ("ParticipantJoined", "ParticipantLeft", "participant", "id"),
        ("BroadcastStarted", "BroadcastStopped", "broadcast", "id"),
        ("PlaybackStarted", "PlaybackEnded", "playback", "playId"),
        ("PresentationStarted", "PresentationStopped", "presentation", "none"),
    ];

    /// <param name="events">The events of the room.</param>
    /// <param name="marker">The message at which <paramref name="present"/> were there.</param>
    /// <param name="present">The participants in the simulated room.</param>
    /// <param name="problems">What is wrong is added here.</param>
    public static void Check(IReadOnlyList<QueuedEvent> events, string marker, IReadOnlyList<string> present, List<string> problems)
    {
        foreach (var (begin, end, property, id) in Pairs)
        {
            var there = new HashSet<string>(StringComparer.Ordinal);
            foreach (var happened in events)
            {
                var isBegin = string.Equals(happened.Type, begin, StringComparison.Ordinal);
                if (isBegin || string.Equals(happened.Type, end, StringComparison.Ordinal))
                {
                    var who = happened.Inside(property, id) ?? "";
                    if (!(isBegin ? there.Add(who) : there.Remove(who)))
                        problems.Add($"out of turn: {happened}");
                }
                else if (begin is "ParticipantJoined" && happened.Type is "ChatMessageSent" && string.Equals(happened["content"], marker, StringComparison.Ordinal)
                    && !there.SetEquals(present))
                {
                    problems.Add($"there are {string.Join(", ", present)}; by the events it is {string.Join(", ", there)}");
                }
            }

            if (there.Count > 0)
                problems.Add($"{begin} without {end} after the end of the meeting: {string.Join(", ", there)}");
        }
    }
}
