using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Testing;

namespace EyesonBridge.Eyeson.Tests.Cable;

/// <summary>The documented times, to the second.</summary>
public sealed class CableDeadlinesTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CableDeadlines _deadlines;

    public CableDeadlinesTests() => _deadlines = new CableDeadlines(new CableOptions(), _clock);

    [Fact]
    public void Check_OfEachPhase_IsOverdueAtItsTimeAndNotBefore()
    {
        AssertOverdue(CablePhase.Connecting, 10, CableOverdue.Connect);
        AssertOverdue(CablePhase.AwaitingWelcome, 10, CableOverdue.Welcome);
        AssertOverdue(CablePhase.AwaitingConfirmation, 5, CableOverdue.FirstConfirmation);
        AssertOverdue(CablePhase.AwaitingConfirmation, 10, CableOverdue.Confirmation);
        AssertOverdue(CablePhase.Subscribed, 7, CableOverdue.Frame);
        AssertOverdue(CablePhase.Closing, 2, CableOverdue.CloseAnswer);
    }

    [Fact]
    public void Check_FramesKeepComing_IsNeverSilent()
    {
        _deadlines.Enter(CablePhase.Subscribed);
        for (var i = 0; i < 20; i++)
        {
            Pass(6);
            Assert.Equal(CableOverdue.Nothing, _deadlines.Check());
            _deadlines.FrameArrived();
        }
    }

    [Fact]
    public void Check_FramesBeforeTheWelcome_DoNotProlongTheWait()
    {
        _deadlines.Enter(CablePhase.AwaitingWelcome);
        Pass(9);
        _deadlines.FrameArrived();
        Pass(1);

        Assert.Equal(CableOverdue.Welcome, _deadlines.Check());
    }

    [Fact]
    public void Check_ListenerBusy_GivesTheTimeBack()
    {
        _deadlines.Enter(CablePhase.AwaitingConfirmation);
        Pass(4);
        using (_deadlines.Listening())
        {
            Pass(60);
            Assert.Equal(CableOverdue.Nothing, _deadlines.Check());
        }

        Assert.Equal(CableOverdue.Nothing, _deadlines.Check());
        Pass(1);
        Assert.Equal(CableOverdue.FirstConfirmation, _deadlines.Check());
    }

    [Fact]
    public void Check_ClosingWhileTheListenerIsBusy_StillEnds()
    {
        _deadlines.Enter(CablePhase.Subscribed);
        using var listening = _deadlines.Listening();
        _deadlines.Enter(CablePhase.Closing);
        _deadlines.Enter(CablePhase.Subscribed);
        Pass(2);

        Assert.Equal(CableOverdue.CloseAnswer, _deadlines.Check());
    }

    [Fact]
    public void IsHistoryOverdue_TimeOfTheListener_DoesNotCount()
    {
        _deadlines.Enter(CablePhase.Subscribed);
        Assert.False(_deadlines.IsHistoryOverdue());

        _deadlines.AwaitHistory();
        Pass(4);
        using (_deadlines.Listening())
            Pass(60);
        Assert.False(_deadlines.IsHistoryOverdue());
        Pass(1);
        Assert.True(_deadlines.IsHistoryOverdue());

        _deadlines.AwaitHistoryNoLonger();
        Assert.False(_deadlines.IsHistoryOverdue());
    }

    private void AssertOverdue(CablePhase phase, int seconds, CableOverdue expected)
    {
        var deadlines = new CableDeadlines(new CableOptions(), _clock);
        deadlines.Enter(phase);
        for (var i = 0; i < seconds; i++)
        {
            Assert.NotEqual(expected, deadlines.Check());
            Pass(1);
        }

        Assert.Equal(expected, deadlines.Check());
    }

    private void Pass(int seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
