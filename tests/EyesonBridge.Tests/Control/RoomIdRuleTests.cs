using EyesonBridge.Contracts.V1;
using EyesonBridge.Control;

namespace EyesonBridge.Tests.Control;

public sealed class RoomIdRuleTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("6576daef1f138900153d0762")]
    [InlineData("my-room_1.2:3/4?5#6")]
    [InlineData("Größe-会議")]
    public void Check_PrintableWithoutWhiteSpace_IsFine(string roomId) => Assert.Null(RoomIdRule.Check(roomId));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" room")]
    [InlineData("room\n")]
    [InlineData("my room")]
    [InlineData("my\troom")]
    [InlineData("room\u00a0")] // no-break space
    [InlineData("room\0")]
    [InlineData("room\u001b[31m")]
    [InlineData("room\u200b")] // zero width space
    [InlineData("room\u202e")] // right-to-left override
    [InlineData("\ue000")] // private use
    public void Check_AnythingElse_IsRejectedWithTheReason(string? roomId)
    {
        var rejection = RoomIdRule.Check(roomId);

        Assert.NotNull(rejection);
        Assert.Equal(RejectionCodes.InvalidRoomId, rejection.Code);
        Assert.Contains("roomId", rejection.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 128 printable characters", rejection.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rejection.Message, char.IsControl);
    }

    [Fact]
    public void Check_HalfACharacter_IsRejected() => Assert.NotNull(RoomIdRule.Check("room" + '\ud83d'));

    [Fact]
    public void Check_Bytes_EndAt255()
    {
        Assert.Null(RoomIdRule.Check(new string('中', 85)));
        Assert.Null(RoomIdRule.Check(new string('é', 127)));
        Assert.Contains("256 bytes in UTF-8; the maximum is 255", RoomIdRule.Check(new string('é', 128))!.Message, StringComparison.Ordinal);
        Assert.Contains("384 bytes", RoomIdRule.Check(new string('中', 128))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_Length_EndsAt128()
    {
        Assert.Null(RoomIdRule.Check(new string('x', 128)));
        Assert.Contains("129 characters", RoomIdRule.Check(new string('x', 129))!.Message, StringComparison.Ordinal);
    }
}
