using System.Buffers.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>
/// What the source writes into the text of each event, for the sink to find it in whatever a bridge made of it: room, number
/// in the room, and when it was due, in ticks of the stopwatch, which are the same in all processes of a machine. It has a
/// fixed length, so that a frame is a copy with some digits changed.
/// </summary>
/// <param name="Room">Number of the room, from 1.</param>
/// <param name="Number">Number of the event in its room, from 1.</param>
/// <param name="Ticks">When it was due to be sent.</param>
internal readonly record struct EventStamp(int Room, long Number, long Ticks)
{
    public const int Length = 46;

    /// <summary>A byte that occurs in nothing else that the source sends, for a reader that only counts.</summary>
    public const byte End = (byte)'~';

    private static ReadOnlySpan<byte> Mark => "bench:"u8;

    /// <summary>Writes the stamp.</summary>
    public void Write(Span<byte> target)
    {
        Mark.CopyTo(target);
        Write(target.Slice(6, 6), Room);
        target[12] = (byte)':';
        Write(target.Slice(13, 12), Number);
        target[25] = (byte)':';
        Write(target.Slice(26, 19), Ticks);
        target[45] = End;
    }

    /// <summary>Finds the stamp in a message.</summary>
    public static bool TryFind(ReadOnlySpan<byte> body, out EventStamp stamp)
    {
        stamp = default;
        var at = body.IndexOf(Mark);
        if (at < 0 || body.Length < at + Length)
            return false;

        var text = body.Slice(at, Length);
        if (!Utf8Parser.TryParse(text.Slice(6, 6), out int room, out _)
            || !Utf8Parser.TryParse(text.Slice(13, 12), out long number, out _)
            || !Utf8Parser.TryParse(text.Slice(26, 19), out long ticks, out _))
        {
            return false;
        }

        stamp = new EventStamp(room, number, ticks);
        return true;
    }

    /// <summary>A text with room for a stamp, for templates.</summary>
    public static string Placeholder => "bench:000000:000000000000:0000000000000000000~";

    private static void Write(Span<byte> target, long value)
    {
        for (var i = target.Length - 1; i >= 0; i--)
        {
            target[i] = (byte)('0' + (value % 10));
            value /= 10;
        }
    }
}
