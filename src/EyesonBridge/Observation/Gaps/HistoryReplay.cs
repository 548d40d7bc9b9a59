using EyesonBridge.Contracts.V1;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Observation.Gaps;

/// <summary>The frames that were held until the server had said whether it has a history, in the order in which they count.</summary>
internal static class HistoryReplay
{
    /// <param name="held">The frames as they came.</param>
    /// <param name="known">The state before the gap.</param>
    /// <param name="hasHistory">True when the server repeated all that was missed.</param>
    public static List<HeardFrame> InOrder(IReadOnlyList<HeardFrame> held, MeetingState known, bool hasHistory)
    {
        // Without a history nothing is a repeat: what has a position was sent live, after the subscription.
        if (!hasHistory)
            return [.. held];

        List<HeardFrame> live = [.. held.Where(frame => frame.Offset is null)];
        var replayed = held
            .Where(frame => frame.Offset is not null)
            .OrderBy(frame => frame.Offset)
            .Select(frame => frame with { Origin = EventOrigin.Backfill });

        // The state is what the subscription began with, and what is repeated leads up to it. In another meeting than the
        // known one, it would end what is repeated of that one, so it comes last.
        return live.Any(frame => frame.Event is RoomUpdate { Room: { } room } && known.IsOtherThan(room.StartedAt))
            ? [.. replayed, .. live]
            : [.. live, .. replayed.Where(frame => frame.Event is not RoomUpdate { Room.Shutdown: not true })];
    }
}
