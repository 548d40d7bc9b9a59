using EyesonBridge.Pacing;

namespace EyesonBridge.Tests.Pacing;

public sealed class AskingPaceTests
{
    [Fact]
    public void Next_AgainAndAgain_GrowsFromFiveSecondsToAMinute()
    {
        var pace = new AskingPace(new FixedRandom(1));

        var pauses = Enumerable.Range(0, 9).Select(_ => Math.Round(pace.Next().TotalSeconds, 1));

        Assert.Equal([5, 7.5, 11.2, 16.9, 25.3, 38, 57, 60, 60], pauses);
    }

    [Fact]
    public void Next_AtRandom_IsShorterByAFifthAtMost()
    {
        var pace = new AskingPace(new FixedRandom(0));

        Assert.Equal(4, pace.Next().TotalSeconds, 3);
        Assert.Equal(6, pace.Next().TotalSeconds, 3);
    }

    [Fact]
    public void Reset_AfterManyAnswers_BeginsAnew()
    {
        var pace = new AskingPace(new FixedRandom(1));
        for (var i = 0; i < 9; i++)
            pace.Next();

        pace.Reset();

        Assert.Equal(AskingPace.First, pace.Next());
    }
}
