using EyesonBridge.Pacing;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation;

public sealed class RateLimiterTryTakeTests
{
    [Fact]
    public void TryTake_BurstUsedUp_IsFalseUntilTimeHasPassed()
    {
        var time = new ManualTimeProvider();
        var limiter = new RateLimiter(10, 3, time);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => limiter.TryTake()));

        time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.TryTake()));
    }

    [Fact]
    public void TryTake_RefusedOften_CostsNothing()
    {
        var time = new ManualTimeProvider();
        var limiter = new RateLimiter(1, 1, time);
        for (var i = 0; i < 100; i++)
            limiter.TryTake();

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limiter.TryTake());
    }
}
