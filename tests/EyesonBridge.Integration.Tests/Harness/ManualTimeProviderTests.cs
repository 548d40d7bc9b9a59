using EyesonBridge.Testing;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>The clock of many tests.</summary>
public sealed class ManualTimeProviderTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Advance_AsSoonAsATimerIsSaidToBeArmed_FiresIt()
    {
        for (var round = 0; round < 20_000; round++)
        {
            var delay = Task.Run(() => Task.Delay(Second, _time, Cancellation), Cancellation);
            await _time.WhenArmedAsync(1, Cancellation);
            _time.Advance(Second);
            await delay;
        }

        Assert.Equal(0, _time.ArmedTimers);
    }

    [Fact]
    public void Advance_OverSeveralPeriods_FiresOnceInEach()
    {
        var fired = new List<DateTimeOffset>();
        var start = _time.GetUtcNow();
        using var timer = _time.CreateTimer(_ => fired.Add(_time.GetUtcNow()), state: null, TimeSpan.Zero, Second);

        _time.Advance(3 * Second);

        Assert.Equal([start, start + Second, start + (2 * Second), start + (3 * Second)], fired);
    }

    [Fact]
    public void Change_ToNever_FiresNoMore()
    {
        var fired = 0;
        using var timer = _time.CreateTimer(_ => fired++, state: null, Second, Timeout.InfiniteTimeSpan);

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _time.Advance(2 * Second);
        timer.Change(Second, Timeout.InfiniteTimeSpan);
        _time.Advance(2 * Second);

        Assert.Equal(1, fired);
    }
}
