using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Meetings;

namespace EyesonBridge.Observation.Gaps;

/// <summary>
/// Holds the frames of a connection until its server has said whether it has a history: what is repeated belongs before
/// what is new.
/// </summary>
internal sealed class HistoryHold
{
    /// <summary>A server that sends so much without an answer has no history worth waiting for.</summary>
    public const int AtMost = 1_000;

    /// <summary>The same in bytes: many rooms open at the same time.</summary>
    public const int AtMostBytes = 1024 * 1024;

    private readonly List<HeardFrame> _frames = [];
    private long _bytes;

    /// <summary>The frames as they came.</summary>
    public IReadOnlyList<HeardFrame> Frames => _frames;

    /// <summary>Keeps a frame, with a copy of its body. False when there are too many.</summary>
    /// <param name="frame">What it says.</param>
    /// <param name="raw">Its body.</param>
    /// <param name="at">When it came.</param>
    /// <param name="offset">Its number in its stream, in the extended protocol.</param>
    public bool TryAdd(ObserverEvent frame, ReadOnlyMemory<byte> raw, DateTimeOffset at, long? offset)
    {
        if (_frames.Count >= AtMost || (_bytes > 0 && _bytes + raw.Length > AtMostBytes))
            return false;

        _bytes += raw.Length;
        _frames.Add(new HeardFrame(frame, raw.ToArray(), at, Offset: offset));
        return true;
    }

    /// <summary>The frames in the order in which they count.</summary>
    /// <param name="known">The state before the gap.</param>
    /// <param name="hasHistory">True when the server repeated all that was missed.</param>
    public List<HeardFrame> InOrder(MeetingState known, bool hasHistory) => HistoryReplay.InOrder(_frames, known, hasHistory);
}
