using System.Text;

namespace EyesonBridge.Bench.Load;

/// <summary>A frame that is sent again and again, with another stamp each time.</summary>
internal sealed class EventTemplate
{
    private readonly byte[] _frame;
    private readonly int _stampAt;

    private EventTemplate(byte[] frame, int stampAt)
    {
        _frame = frame;
        _stampAt = stampAt;
    }

    public int Length => _frame.Length;

    /// <summary>Whether events made of it can be found again behind a bridge.</summary>
    public bool IsStamped => _stampAt >= 0;

    /// <param name="identifier">The subscription that the event belongs to, as JSON.</param>
    /// <param name="body">The event, with a placeholder for the stamp or without.</param>
    public static EventTemplate Of(string identifier, string body)
    {
        var frame = ServerFrame.Text(Encoding.UTF8.GetBytes($$"""{"identifier":{{identifier}},"message":{{body}}}"""));
        return new EventTemplate(frame, frame.AsSpan().IndexOf(Encoding.UTF8.GetBytes(EventStamp.Placeholder)));
    }

    /// <summary>Writes the frame.</summary>
    public void Write(Span<byte> target, EventStamp stamp)
    {
        _frame.CopyTo(target);
        if (IsStamped)
            stamp.Write(target[_stampAt..]);
    }
}
