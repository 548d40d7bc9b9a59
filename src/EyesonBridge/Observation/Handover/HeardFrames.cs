using System.Buffers.Binary;

namespace EyesonBridge.Observation.Handover;

/// <summary>
/// What the owner of a room heard since it offered the room to others: a mark and the age of each frame, so that the
/// successor, which heard them too, takes none of them for news. Used in turn, by one at a time.
/// </summary>
internal sealed class HeardFrames(TimeProvider time)
{
    /// <summary>More than this is not kept: then the room is released instead, with a gap.</summary>
    public const int AtMost = 50_000;

    /// <summary>Length of what comes before the frames in what <see cref="Write"/> makes: the age of the end.</summary>
    public const int HeaderLength = sizeof(int);

    /// <summary>Length of a frame in it.</summary>
    public const int FrameLength = sizeof(ulong) + sizeof(int);

    private readonly List<(ulong Mark, long At)> _frames = [];
    private long? _endedAt;

    /// <summary>True while all is kept.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Notes a frame.</summary>
    public void Add(ulong mark)
    {
        IsWhole &= _frames.Count < AtMost;
        if (IsWhole)
            _frames.Add((mark, time.GetTimestamp()));
    }

    /// <summary>From now on nothing more is heard.</summary>
    public void End() => _endedAt ??= time.GetTimestamp();

    /// <summary>When it ended, and all of them in order; times are ages, in milliseconds.</summary>
    public byte[] Write()
    {
        var bytes = new byte[HeaderLength + (_frames.Count * FrameLength)];
        var now = time.GetTimestamp();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Age(_endedAt ?? now));
        for (var index = 0; index < _frames.Count; index++)
        {
            var frame = bytes.AsSpan(HeaderLength + (index * FrameLength), FrameLength);
            BinaryPrimitives.WriteUInt64LittleEndian(frame, _frames[index].Mark);
            BinaryPrimitives.WriteInt32LittleEndian(frame[sizeof(ulong)..], Age(_frames[index].At));
        }

        return bytes;

        int Age(long at) => (int)Math.Clamp(time.GetElapsedTime(at, now).TotalMilliseconds, 0, int.MaxValue);
    }
}
