using EyesonBridge.Pacing;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Pacing;

public sealed class RateLimiterTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Who comes as which number at once waits so many tenths of a second.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(10, 1, 1, 0)]
    [InlineData(10, 1, 2, 1)]
    [InlineData(10, 5, 5, 0)]
    [InlineData(10, 5, 6, 1)]
    [InlineData(10, 5, 25, 20)]
    [InlineData(5, 2, 4, 4)]
    [InlineData(200, 1000, 1000, 0)]
    [InlineData(200, 1000, 3000, 100)]
    public async Task Wait_ManyAtOnce_TakesWhatIsBeyondTheBurst(int perSecond, int burst, int number, int tenths)
    {
        var limiter = new RateLimiter(perSecond, burst, _time);
        Task<TimeSpan> last = Task.FromResult(TimeSpan.Zero);
        for (var come = 0; come < number; come++)
            last = limiter.WaitAsync(Cancelled);

        Assert.Equal(tenths == 0, last.IsCompleted);
        if (tenths > 0)
        {
            _time.Advance((TimeSpan.FromSeconds(1) / 10 * tenths) - TimeSpan.FromMilliseconds(2));
            Assert.False(last.IsCompleted);
            _time.Advance(TimeSpan.FromMilliseconds(4));
        }

        Assert.Equal(tenths / 10.0, (await last).TotalSeconds, 0.002);
    }

    /// <summary>With so many that share it, who comes as which number at once waits so many tenths of a second.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(1, 20, 0)]
    [InlineData(1, 21, 1)]
    [InlineData(4, 5, 0)]
    [InlineData(4, 6, 4)]
    [InlineData(20, 1, 0)]
    [InlineData(20, 2, 20)]
    [InlineData(50, 1, 0)]
    [InlineData(50, 2, 50)]
    public async Task Wait_SharedWithOthers_HasItsPartAndOneAtOnceAtLeast(int sharers, int number, int tenths)
    {
        var limiter = new RateLimiter(10, 20, _time, () => 1.0 / sharers);
        Task<TimeSpan> last = Task.FromResult(TimeSpan.Zero);
        for (var come = 0; come < number; come++)
            last = limiter.WaitAsync(Cancelled);

        _time.Advance((TimeSpan.FromSeconds(1) / 10 * tenths) + TimeSpan.FromMilliseconds(2));

        Assert.Equal(tenths / 10.0, (await last).TotalSeconds, 0.002);
    }

    [Fact]
    public void Wait_OneAfterTheOther_IsInTheOrderOfCalls()
    {
        var limiter = new RateLimiter(10, 1, _time);
        var waiting = Enumerable.Range(0, 20).Select(_ => limiter.WaitAsync(Cancelled)).ToList();

        for (var done = 1; done <= waiting.Count; done++)
        {
            Assert.Equal(Enumerable.Range(0, waiting.Count).Select(number => number < done), waiting.Select(wait => wait.IsCompleted));
            _time.Advance(TimeSpan.FromMilliseconds(100.01));
        }
    }

    [Fact]
    public void Wait_AfterAPause_HasTheBurstAgainAndNoMore()
    {
        var limiter = new RateLimiter(10, 3, _time);
        for (var come = 0; come < 3; come++)
            Assert.True(limiter.WaitAsync(Cancelled).IsCompleted);
        Assert.False(limiter.WaitAsync(Cancelled).IsCompleted);

        _time.Advance(TimeSpan.FromHours(1));

        for (var come = 0; come < 3; come++)
            Assert.True(limiter.WaitAsync(Cancelled).IsCompleted);
        Assert.False(limiter.WaitAsync(Cancelled).IsCompleted);
    }

    [Fact]
    public void Wait_PartGrowsMeanwhile_HasTheBurstAndTheRateOfItFromThenOn()
    {
        var part = 0.1;
        var limiter = new RateLimiter(10, 20, _time, () => part);
        var waiting = Enumerable.Range(0, 32).Select(_ => limiter.WaitAsync(Cancelled)).ToList();
        Assert.Equal(2, waiting.Count(static wait => wait.IsCompleted));

        part = 1;
        _time.Advance(TimeSpan.FromSeconds(1)); // it looks at least so often

        Assert.Equal(2 + 20, waiting.Count(static wait => wait.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(501));
        Assert.Equal(22 + 5, waiting.Count(static wait => wait.IsCompleted));

        part = 0.5; // it has 20 turns that count, and 10 are too many: they are given back at 5 a second before there is another
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(27, waiting.Count(static wait => wait.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(28, waiting.Count(static wait => wait.IsCompleted));
    }

    [Fact(Timeout = 60_000)]
    public async Task Wait_OfOneThatGivesUp_TakesNoTurnAndLetsTheOthersGoOn()
    {
        using var gaveUp = new CancellationTokenSource();
        var limiter = new RateLimiter(10, 1, _time);
        await limiter.WaitAsync(Cancelled);
        var first = limiter.WaitAsync(gaveUp.Token);
        var second = limiter.WaitAsync(Cancelled);
        Assert.Equal(3, limiter.Load);

        await gaveUp.CancelAsync();
        Assert.True(first.IsCanceled);
        Assert.Equal(2, limiter.Load);
        _time.Advance(TimeSpan.FromMilliseconds(101));

        Assert.True(second.IsCompletedSuccessfully);
        Assert.True(limiter.WaitAsync(gaveUp.Token).IsCanceled);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, limiter.Load);
        Assert.True(limiter.TryTake());
    }

    [Fact]
    public void TryTake_WhileOthersWait_IsNotBeforeThem()
    {
        var limiter = new RateLimiter(10, 1, _time);
        Assert.True(limiter.TryTake());
        var waiting = limiter.WaitAsync(Cancelled);

        Assert.False(limiter.TryTake());
        _time.Advance(TimeSpan.FromMilliseconds(101));

        Assert.True(waiting.IsCompleted);
        Assert.False(limiter.TryTake());
    }

    [Fact]
    public void TryTake_BurstUsedUp_IsFalseUntilTimeHasPassed()
    {
        var limiter = new RateLimiter(10, 3, _time);
        Assert.Equal([true, true, true, false, false], Enumerable.Range(0, 5).Select(_ => limiter.TryTake()));

        _time.Advance(TimeSpan.FromMilliseconds(200));

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => limiter.TryTake()));
    }

    [Fact]
    public void TryTake_RefusedOften_CostsNothing()
    {
        var limiter = new RateLimiter(1, 1, _time);
        for (var i = 0; i < 100; i++)
            limiter.TryTake();

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limiter.TryTake());
    }
}
