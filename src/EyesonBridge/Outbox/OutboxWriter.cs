using System.Diagnostics;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Outbox;

/// <summary>Turns events into what the outbox keeps, under the trace that is current or else one of their own.</summary>
internal sealed class OutboxWriter
{
    /// <summary>What was written lately.</summary>
    public RecentActivity Recent { get; } = new();

    public IReadOnlyList<OutboxEvent> Write(IReadOnlyList<RoomEvent> events)
    {
        if (events.Count == 0)
            return [];

        using var activity = Activity.Current is null ? ObservationSpans.StartObserve(events[0]) : null;
        var traceParent = BridgeTelemetry.CurrentTraceParent();
        var written = new OutboxEvent[events.Count];
        for (var i = 0; i < written.Length; i++)
            written[i] = new OutboxEvent(events[i].EventId, events[i].GetType().Name, EventSerializer.Write(events[i]), traceParent);
        Recent.NoteEvents(events[0].ObservedAt, written.Length);
        return written;
    }
}
