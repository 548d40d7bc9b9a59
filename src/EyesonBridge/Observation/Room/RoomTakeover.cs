using EyesonBridge.Storage;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>A room that was taken over from a replica that is gone: how long it took until it is observed again.</summary>
internal sealed class RoomTakeover
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _before;
    private readonly long _claimedAt;
    private bool _isOver;

    private RoomTakeover(TimeSpan before, TimeProvider time) => (_before, _time, _claimedAt) = (before, time, time.GetTimestamp());

    /// <summary>That of a room that was claimed just now; null when nobody had left it behind.</summary>
    public static RoomTakeover? Of(RoomRow room, TimeProvider time)
    {
        if (room.LeftFor is not { } before)
            return null;

        BridgeMetrics.NoteTakeover();
        return new RoomTakeover(before, time);
    }

    /// <summary>Something was heard of the room.</summary>
    public void Observed()
    {
        if (_isOver)
            return;

        _isOver = true;
        BridgeMetrics.NoteTakenOver(_before + _time.GetElapsedTime(_claimedAt));
    }
}
