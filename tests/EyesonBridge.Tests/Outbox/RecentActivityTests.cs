using EyesonBridge.Outbox;

namespace EyesonBridge.Tests.Outbox;

public sealed class RecentActivityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Events_InSlots_AreCountedUntilTenMinutesAreOver()
    {
        var activity = new RecentActivity();

        activity.NoteEvents(Noon.AddSeconds(-10), 2);
        activity.NoteEvents(Noon.AddSeconds(-1), 3);
        activity.NoteEvents(Noon, 100); // its slot is not over

        Assert.Equal([.. Enumerable.Repeat(0L, 59), 5], activity.EventsUntil(Noon));
        Assert.Equal([5, .. Enumerable.Repeat(0L, 59)], activity.EventsUntil(Noon.AddSeconds(590)).Select((count, index) => index == 0 ? count : 0));
        Assert.Equal(100, activity.EventsUntil(Noon.AddMinutes(10)).Sum());
        Assert.Equal(0, activity.EventsUntil(Noon.AddMinutes(11)).Sum());
    }

    [Fact]
    public void Events_OfASlotWhosePlaceIsTaken_AreNotCountedInTheLaterOne()
    {
        var activity = new RecentActivity();

        activity.NoteEvents(Noon, 1);
        activity.NoteEvents(Noon.AddSeconds(-610), 5); // 61 slots earlier

        Assert.Equal(1, activity.EventsUntil(Noon.AddSeconds(10)).Sum());
    }

    [Fact]
    public void Events_CountedByMany_AreAllCounted()
    {
        var activity = new RecentActivity();

        Parallel.For(0, 100_000, _ => activity.NoteEvents(Noon, 1));

        Assert.Equal(100_000, activity.EventsUntil(Noon.AddSeconds(10)).Sum());
    }

    [Fact]
    public void Gaps_AreCountedForAnHourAndTheLatestAreKept()
    {
        var activity = new RecentActivity();

        for (var i = 0; i < 20; i++)
            activity.NoteGap(new RecentGap($"room-{i}", Noon.AddSeconds(-5), Noon, "silent"));

        Assert.Equal((20, 20, 0), (activity.GapsUntil(Noon), activity.GapsUntil(Noon.AddMinutes(59)), activity.GapsUntil(Noon.AddMinutes(60))));
        Assert.Equal(RecentActivity.GapsKept, activity.LatestGaps.Count);
        Assert.Equal(["room-19", "room-18"], activity.LatestGaps.Take(2).Select(gap => gap.RoomId));
    }
}
