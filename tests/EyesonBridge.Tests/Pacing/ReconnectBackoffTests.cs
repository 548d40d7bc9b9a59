using EyesonBridge.Pacing;

namespace EyesonBridge.Tests.Pacing;

public sealed class ReconnectBackoffTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_FailureAfterFailure_DoublesUpToTheCap()
    {
        var backoff = new ReconnectBackoff(Within, AtMost, new FixedRandom(0.5));

        var pauses = Enumerable.Range(0, 6).Select(_ => backoff.Next(TimeSpan.Zero).TotalSeconds).ToArray();

        Assert.Equal([1.5, 3, 6, 12, 15, 15], pauses);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.999999, 3.0)]
    public void Next_FirstFailure_IsAnywhereWithinTheFirstTime(double drawn, double seconds) =>
        Assert.Equal(seconds, new ReconnectBackoff(Within, AtMost, new FixedRandom(drawn)).Next(TimeSpan.Zero).TotalSeconds, precision: 3);

    [Fact]
    public void Next_RealRandom_StaysWithinTheBoundsAndUsesThem()
    {
        var backoff = new ReconnectBackoff(Within, AtMost, new Random(1));
        for (var failure = 0; failure < 4; failure++)
            backoff.Next(TimeSpan.Zero);

        var pauses = Enumerable.Range(0, 10_000).Select(_ => backoff.Next(TimeSpan.Zero)).ToList();

        Assert.All(pauses, pause => Assert.InRange(pause, TimeSpan.Zero, AtMost));
        Assert.True(pauses.Min() < TimeSpan.FromSeconds(1));
        Assert.True(pauses.Max() > TimeSpan.FromSeconds(29));
    }

    [Fact]
    public void Next_ThousandsOfFailures_StaysAtTheCap()
    {
        var backoff = new ReconnectBackoff(Within, AtMost, new FixedRandom(0.5));
        for (var failure = 0; failure < 5_000; failure++)
            backoff.Next(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(15), backoff.Next(TimeSpan.Zero));
    }

    [Fact]
    public void Next_AfterAStableMinute_BeginsAnew()
    {
        var backoff = new ReconnectBackoff(Within, AtMost, new FixedRandom(0.5));
        backoff.Next(TimeSpan.Zero);
        backoff.Next(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(6), backoff.Next(ReconnectBackoff.StableAfter - TimeSpan.FromTicks(1)));
        Assert.Equal(TimeSpan.FromSeconds(1.5), backoff.Next(ReconnectBackoff.StableAfter));
        Assert.Equal(TimeSpan.FromSeconds(3), backoff.Next(TimeSpan.Zero));
    }
}
