using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Tests.Sink;

public sealed class TallyTests
{
    private readonly Tally _tally = new();

    [Fact]
    public void Add_InOrder_MissesNothing()
    {
        Arrive(1, 1);
        Arrive(2, 1);
        Arrive(1, 2);

        Assert.Equal((3L, 0L, 0L), (_tally.Stamped, _tally.Missing, _tally.Late));
    }

    [Fact]
    public void Add_WithAHole_CountsWhatIsMissing()
    {
        Arrive(1, 1);
        Arrive(1, 4);

        Assert.Equal(2, _tally.Missing);
    }

    [Fact]
    public void Add_Repeat_IsLateAndNotMissing()
    {
        Arrive(1, 1);
        Arrive(1, 2);
        Arrive(1, 1);

        Assert.Equal((0L, 1L), (_tally.Missing, _tally.Late));
    }

    [Fact]
    public void Add_WithoutStamp_IsAMessageOnly()
    {
        _tally.Add("{}"u8, now: 1, frequency: 1000);

        Assert.Equal((1L, 0L), (_tally.Messages, _tally.Stamped));
    }

    [Fact]
    public void Reset_LaterEventOfARoom_IsStillTheNext()
    {
        Arrive(1, 1);
        _tally.Reset();
        Arrive(1, 2);

        Assert.Equal((1L, 0L), (_tally.Stamped, _tally.Missing));
    }

    [Fact]
    public void Add_AfterALongWait_TellsWhenItHasCaughtUp()
    {
        Arrive(1, 1, due: 0, now: 10_000);
        Arrive(1, 2, due: 11_000, now: 12_000);
        Arrive(1, 3, due: 13_000, now: 13_100);
        Arrive(1, 4, due: 14_000, now: 14_100);

        Assert.Equal((10_000L, 13_100L, 3L), (_tally.ReopenedAt, _tally.CaughtUpAt, _tally.CaughtUpAfter));
    }

    private void Arrive(int room, long number, long due = 0, long now = 0)
    {
        var body = new byte[EventStamp.Length];
        new EventStamp(room, number, due).Write(body);
        _tally.Add(body, now, frequency: 1000);
    }
}
