using System.Collections.Concurrent;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Outbox;

/// <summary>
/// Counts events that the broker accepted but had no queue for: nobody subscribes to their type. That is not a failure, as not
/// every type has a reader; it is made visible, as a reader may be missing.
/// </summary>
internal sealed class UnroutedEvents(ILogger<UnroutedEvents> logger)
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many of each type since the start, by name.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Counts => [.. _counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    /// <summary>An event went nowhere. The first of each type is logged.</summary>
    public void Note(string eventType)
    {
        BridgeMetrics.NoteUnrouted(eventType);
        if (_counts.AddOrUpdate(eventType, 1, static (_, count) => count + 1) == 1)
            logger.Unrouted(eventType);
    }
}
