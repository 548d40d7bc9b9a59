using EyesonBridge.Chaos.Tests.Harness;

namespace EyesonBridge.Chaos.Tests.Verification;

/// <summary>What must hold for the events of every room, whatever happened.</summary>
internal static class EventStream
{
    /// <summary>
    /// Takes repeats out: the same EventId, which then must have the same Sequence and the same content. What is left
    /// stands in the order of the first deliveries.
    /// </summary>
    public static IReadOnlyList<QueuedEvent> WithoutRepeats(IReadOnlyList<QueuedEvent> delivered, List<string> problems)
    {
        var first = new Dictionary<string, QueuedEvent>(StringComparer.Ordinal);
        var events = new List<QueuedEvent>();
        foreach (var happened in delivered)
        {
            if (!string.Equals(happened.MessageId, happened.EventId, StringComparison.OrdinalIgnoreCase))
                problems.Add($"the MessageId {happened.MessageId} is not the EventId of {happened}");
            if (first.TryAdd(happened.EventId, happened))
                events.Add(happened);
            else if (!string.Equals(first[happened.EventId].Content, happened.Content, StringComparison.Ordinal))
                problems.Add($"a repeat differs: {happened}, before {first[happened.EventId]}");
        }

        return events;
    }

    /// <summary>Sequence is 1, 2, 3 … in the order of delivery, and gaps are reported in pairs.</summary>
    public static void Check(IReadOnlyList<QueuedEvent> events, List<string> problems)
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Sequence == i + 1)
                continue;

            problems.Add($"number {i + 1} in the order of delivery is {events[i]}");
            break;
        }

        var isInterrupted = false;
        foreach (var happened in events.Where(happened => happened.Type is "ObservationInterrupted" or "ObservationResumed"))
        {
            if (happened.Type is "ObservationInterrupted" == isInterrupted)
                problems.Add($"out of turn: {happened}");
            isInterrupted = happened.Type is "ObservationInterrupted";
        }
    }

    /// <summary>Each id has exactly one event of the type, and there is none of another id.</summary>
    public static void CheckOnce(
        IReadOnlyList<QueuedEvent> events, string type, string property, IReadOnlyList<string> ids, List<string> problems)
    {
        var counts = events.Where(happened => string.Equals(happened.Type, type, StringComparison.Ordinal))
            .CountBy(happened => happened[property]!, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        problems.AddRange(ids.Where(id => counts.GetValueOrDefault(id) != 1).Select(id => $"{counts.GetValueOrDefault(id)} {type} for {id}"));
        problems.AddRange(counts.Keys.Except(ids, StringComparer.Ordinal).Select(id => $"{type} for {id}, which never was"));
    }
}
