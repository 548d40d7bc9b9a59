using EyesonBridge.Observation.Handover;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Observation.Handover;

public sealed class FrameRepeatsTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly ManualTimeProvider _time = new();
    private readonly HeardFrames _heard;

    public FrameRepeatsTests() => _heard = new HeardFrames(_time);

    [Fact]
    public void Find_FramesThatTheFormerOwnerHeardToo_AreRepeatsUntilTheFirstNewOne()
    {
        Hear(1, 2, 3, 4);

        Assert.Equal([true, true, false, false], Taken(Find([(3, 2 * Tick), (4, Tick), (5, TimeSpan.Zero), (6, TimeSpan.Zero)]), 3, 4, 5, 6));
    }

    [Fact]
    public void Find_TheFormerOwnerHeardMore_WhatComesNextIsARepeatToo()
    {
        Hear(1, 2, 3, 4);
        var repeats = Find([(2, 3 * Tick), (3, 2 * Tick)]);

        Assert.Equal([true, true, true, false], Taken(repeats, 2, 3, 4, 5));
    }

    [Fact]
    public void Find_SameFramesAgainAndAgain_TimeTellsWhichTheyAre()
    {
        Hear(1, 2, 1, 2, 1, 2);

        Assert.Equal([true, true, false, false], Taken(Find([(1, 2 * Tick), (2, Tick)]), 1, 2, 1, 2));
    }

    [Fact]
    public void Find_NothingHeardHereYet_OnlyWhatTheFormerOwnerHeardSinceTheSubscriptionIsARepeat()
    {
        Hear(1, 2, 3);

        Assert.Equal([false, false], Taken(Find([], subscribedFor: Tick / 2), 1, 3));
        Assert.Equal([true, false], Taken(Find([], subscribedFor: 3 * Tick / 2), 3, 1));
    }

    [Fact]
    public void Find_TheFormerOwnerEndedBeforeAnythingCame_NothingIsARepeat()
    {
        Hear(1, 2);

        Assert.Equal([false, false], Taken(Find([(5, TimeSpan.Zero), (3, TimeSpan.Zero)]), 5, 3));
    }

    [Fact]
    public void Find_AnotherOrder_EachIsARepeatOnce()
    {
        Hear(1, 2, 3, 4);

        Assert.Equal([true, true, true, false], Taken(Find([(3, 3 * Tick), (2, 2 * Tick), (4, Tick), (4, TimeSpan.Zero)]), 3, 2, 4, 4));
    }

    [Fact]
    public void Find_HeardHereWellBeforeTheFormerOwnerEndedButNotByIt_IsNotCertain()
    {
        Hear(1);
        _heard.End();
        _time.Advance(TimeSpan.FromSeconds(2)); // until it is written
        var end = TimeSpan.FromSeconds(3) + FrameRepeats.Behind;

        Assert.NotNull(Find([(2, end)], ago: TimeSpan.FromSeconds(1)));
        Assert.Null(Find([(2, end + TimeSpan.FromMilliseconds(1))], ago: TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void TryTake_FarBehindTheFirstNewOne_NothingIsARepeat()
    {
        Hear(1, 2, 3);
        var repeats = Find([(1, 3 * Tick)]);

        Assert.True(repeats.TryTake(1));
        Assert.False(repeats.TryTake(100));
        Assert.True(repeats.TryTake(2)); // out of order
        for (ulong mark = 101; mark < 101 + FrameRepeats.OutOfOrder; mark++)
            Assert.False(repeats.TryTake(mark));
        Assert.False(repeats.TryTake(3));
    }

    [Fact]
    public void TryTake_LongAfterTheHandover_NothingIsARepeat()
    {
        Hear(1, 2);
        var repeats = Find([(1, 2 * Tick)]);

        _time.Advance(FrameRepeats.LatestAfter);
        Assert.True(repeats.TryTake(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(repeats.TryTake(2));
    }

    [Fact]
    public void IsWhole_MoreFramesThanAreKept_False()
    {
        for (var number = 0; number < HeardFrames.AtMost; number++)
            _heard.Add(1);
        Assert.True(_heard.IsWhole);

        _heard.Add(1);

        Assert.False(_heard.IsWhole);
    }

    private void Hear(params ulong[] marks)
    {
        foreach (var mark in marks)
        {
            _heard.Add(mark);
            _time.Advance(Tick);
        }
    }

    private FrameRepeats Find((ulong Mark, TimeSpan Age)[] held, TimeSpan ago = default, TimeSpan? subscribedFor = null) =>
        FrameRepeats.Find(_heard.Write(), ago, subscribedFor ?? Long, held, _time)!;

    private static IEnumerable<bool> Taken(FrameRepeats repeats, params ulong[] marks) => marks.Select(repeats.TryTake);
}
