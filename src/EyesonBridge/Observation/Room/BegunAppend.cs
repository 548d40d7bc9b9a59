using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>An append of a room that is under way.</summary>
/// <param name="appends">Those of its room.</param>
/// <param name="events">The events in it, to be counted.</param>
internal sealed class BegunAppend(RoomAppends appends, IReadOnlyList<RoomEvent> events) : IAppendReceiver
{
    public void Told(AppendOutcome outcome)
    {
        if (outcome == AppendOutcome.Committed)
            BridgeMetrics.NoteStored(events);
        appends.End(this, outcome, failure: null);
    }

    public void Failed(Exception exception) => appends.End(this, AppendOutcome.Fenced, exception);
}
