using EyesonBridge.Telemetry;

namespace EyesonBridge.Tests.Telemetry;

public sealed class SenderTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("room_update 中", "room_update 中")]
    [InlineData("a\r\nwarn: b\u001b[31m\u2028c\u202Ed", "a  warn: b [31m c d")]
    public void Cut_ShortText_IsOneLine(string? text, string? expected) => Assert.Equal(expected, SenderText.Cut(text));

    [Fact]
    public void Cut_LongText_IsCut()
    {
        Assert.Equal(new string('x', 200), SenderText.Cut(new string('x', 200)));
        Assert.Equal(new string('x', 200) + "…", SenderText.Cut(new string('x', 201)));
        Assert.Equal(201, SenderText.Cut(new string('\n', 1_000_000))!.Length);
    }
}
