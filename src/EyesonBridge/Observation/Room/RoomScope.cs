using System.Collections;
using EyesonBridge.Telemetry;

namespace EyesonBridge.Observation.Room;

/// <summary>What every line of a room's log carries: the room and its account, under the names that its spans have.</summary>
internal sealed class RoomScope(string roomId, string account) : IReadOnlyList<KeyValuePair<string, object?>>
{
    public int Count => 2;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new(TelemetryTags.RoomId, roomId),
        1 => new(TelemetryTags.Account, account),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
        yield return this[1];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"room {roomId} of account {account}";
}
