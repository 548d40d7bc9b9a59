using System.Text;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Tests.Load;

public sealed class EventStampTests
{
    [Fact]
    public void Placeholder_Length_IsThatOfAStamp() => Assert.Equal(EventStamp.Length, Encoding.ASCII.GetByteCount(EventStamp.Placeholder));

    [Fact]
    public void TryFind_StampInAMessage_GivesItBack()
    {
        var stamp = new EventStamp(10_000, 123_456_789_012, long.MaxValue / 2);

        Assert.True(EventStamp.TryFind(Message(stamp), out var found));
        Assert.Equal(stamp, found);
    }

    [Fact]
    public void TryFind_CutStamp_FindsNothing() =>
        Assert.False(EventStamp.TryFind(Message(new EventStamp(1, 2, 3)).AsSpan(0, 60), out _));

    [Fact]
    public void TryFind_OtherText_FindsNothing() => Assert.False(EventStamp.TryFind("""{"content":"bench"}"""u8, out _));

    [Fact]
    public void Write_TemplateOfAnEvent_ChangesOnlyTheStamp()
    {
        var template = EventTemplate.Of("\"{}\"", $$"""{"content":"{{EventStamp.Placeholder}} and more"}""");
        var frame = new byte[template.Length];
        template.Write(frame, new EventStamp(7, 8, 9));

        var text = Encoding.ASCII.GetString(frame, 2, frame.Length - 2);
        Assert.Equal("""{"identifier":"{}","message":{"content":"bench:000007:000000000008:0000000000000000009~ and more"}}""", text);
    }

    private static byte[] Message(EventStamp stamp)
    {
        var message = Encoding.ASCII.GetBytes($$"""{"type":"chat","content":"{{EventStamp.Placeholder}} Hello"}""");
        stamp.Write(message.AsSpan(26));
        return message;
    }
}
