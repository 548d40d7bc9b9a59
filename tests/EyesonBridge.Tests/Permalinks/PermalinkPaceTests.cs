using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Permalinks;
using EyesonBridge.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Permalinks;

public sealed class PermalinkPaceTests
{
    private readonly ManualTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Wait_ClockSetWhileEyesonWantsSilence_IsAsLongAsItAsked(int days)
    {
        var clock = new SetTimeProvider(_time);
        var pace = new PermalinkPace(Options.Create(new PermalinkOptions()), clock, NullLogger<PermalinkPace>.Instance);
        pace.Note(new RestResult<RestNothing> { Outcome = RestOutcome.TooManyRequests, RetryAfter = TimeSpan.FromMinutes(1) });
        clock.Ahead = TimeSpan.FromDays(days);
        var wait = pace.WaitAsync(Cancelled);
        await _time.WhenArmedAsync(1, Cancelled);

        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));

        await wait;
    }
}
