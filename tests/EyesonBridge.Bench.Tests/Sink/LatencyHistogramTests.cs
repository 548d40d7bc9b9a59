using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Tests.Sink;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(0, new LatencyHistogram().Percentile(0.99));

    [Fact]
    public void Percentile_SmallTimes_AreExact()
    {
        var histogram = new LatencyHistogram();
        for (var time = 1; time <= 60; time++)
            histogram.Add(time);

        Assert.Equal(30, histogram.Percentile(0.5));
        Assert.Equal(60, histogram.Percentile(1));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(123_456)]
    [InlineData(60_000_000)]
    [InlineData(long.MaxValue / 2)]
    public void Percentile_OneTime_IsRightToTwoPercent(long time)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(time);

        Assert.InRange(histogram.Percentile(0.5), time, time * 1.02);
    }

    [Fact]
    public void Percentile_OneSlowInAThousand_ShowsInTheHighestOnly()
    {
        var histogram = new LatencyHistogram();
        for (var i = 0; i < 998; i++)
            histogram.Add(10);
        histogram.Add(5_000);
        histogram.Add(5_000);

        Assert.Equal(10, histogram.Percentile(0.99));
        Assert.InRange(histogram.Percentile(0.999), 5_000, 5_100);
    }

    [Fact]
    public void Add_TimeBelowZero_CountsAsZero()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(-5);

        Assert.Equal(1, histogram.Total);
        Assert.Equal(0, histogram.Percentile(1));
    }
}
