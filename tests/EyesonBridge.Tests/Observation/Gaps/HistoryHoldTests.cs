using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Observation.Gaps;

namespace EyesonBridge.Tests.Observation.Gaps;

/// <summary>How much is held of a room that opens.</summary>
public sealed class HistoryHoldTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly HistoryHold _hold = new();

    [Fact]
    public void TryAdd_SmallFrames_TakesSoMany()
    {
        for (var number = 0; number < HistoryHold.AtMost; number++)
            Assert.True(TryAdd(100));

        Assert.False(TryAdd(100));
    }

    [Fact]
    public void TryAdd_LargeFrames_TakesSoManyBytes()
    {
        for (var number = 0; number < 4; number++)
            Assert.True(TryAdd(HistoryHold.AtMostBytes / 4));

        Assert.False(TryAdd(1));
        Assert.InRange(_hold.Frames.Sum(frame => frame.Raw.Length), 0, HistoryHold.AtMostBytes);
    }

    [Fact]
    public void TryAdd_FirstFrame_IsTakenHoweverLargeItIs()
    {
        Assert.True(TryAdd(2 * HistoryHold.AtMostBytes));
        Assert.False(TryAdd(1));
    }

    private bool TryAdd(int bytes) => _hold.TryAdd(new LockUpdate(), new byte[bytes], At, offset: null);
}
