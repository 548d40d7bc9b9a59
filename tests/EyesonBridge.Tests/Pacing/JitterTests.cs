using EyesonBridge.Pacing;

namespace EyesonBridge.Tests.Pacing;

public sealed class JitterTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(100);

    [Theory]
    [InlineData(0, 0, 80, 100, 80)]
    [InlineData(0.5, 50, 90, 110, 100)]
    [InlineData(1, 100, 100, 120, 120)]
    public void Jitter_OfAFifth_ReachesFromEndToEnd(double drawn, double within, double below, double above, double around)
    {
        var random = new FixedRandom(drawn);

        Assert.Equal(
            (within, below, above, around),
            (Seconds(Jitter.Within(Time, random)), Seconds(Jitter.Below(Time, 0.2, random)), Seconds(Jitter.Above(Time, 0.2, random)), Seconds(Jitter.Around(Time, 0.2, random))));
    }

    [Fact]
    public void Jitter_WithoutASource_IsNotTheSameEachTime() =>
        Assert.InRange(Enumerable.Range(0, 100).Select(_ => Jitter.Around(Time, 0.2)).Distinct().Count(), 2, 100);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
