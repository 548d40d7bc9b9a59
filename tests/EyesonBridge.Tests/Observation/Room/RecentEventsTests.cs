using EyesonBridge.Contracts.V1;
using EyesonBridge.Observation.Room;
using EyesonBridge.Simulator;

namespace EyesonBridge.Tests.Observation.Room;

public sealed class RecentEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_Nothing_IsNothing() => Assert.Empty(new RecentEvents().Read());

    [Fact]
    public void Read_MoreThanIsKept_TellsTheLatestFirst()
    {
        var recent = new RecentEvents();

        for (var sequence = 1; sequence <= 40; sequence++)
            recent.Note(sequence % 2 == 0 ? Event<RoomLocked>(sequence) : Event<MeetingStarted>(sequence));

        Assert.Equal(Enumerable.Range(25, 16).Reverse(), recent.Read().Select(happened => (int)happened.Sequence));
        Assert.Equal(new RecentEvent(40, "RoomLocked", Noon.AddSeconds(40)), recent.Read()[0]);
        Assert.Equal("MeetingStarted", recent.Read()[1].Type);
    }

    [Fact]
    public void Read_WhatWasNotWrittenAfterAll_IsNotTold()
    {
        var recent = new RecentEvents();
        recent.Note(Event<MeetingStarted>(7));
        recent.Note(Event<ObservationEnded>(8));

        recent.ForgetAfter(7);
        var without = recent.Read();
        recent.Note(Event<RoomLocked>(8));

        Assert.Equal(["MeetingStarted"], without.Select(happened => happened.Type));
        Assert.Equal(["RoomLocked", "MeetingStarted"], recent.Read().Select(happened => happened.Type));
    }

    [Fact]
    public void Note_AfterTheFirst_AllocatesNothing()
    {
        var recent = new RecentEvents();
        var happened = Event<RoomLocked>(1);
        recent.Note(happened);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            recent.Note(happened);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact(Timeout = ObservationBench.Timeout)]
    public async Task Observer_AfterAGap_TellsItsLatestEventsAndTheGap()
    {
        await using var bridge = await ObservationBench.CreateAsync();
        var meeting = await bridge.ObserveAsync();
        meeting.Drop(DropKind.Rst);
        var resumed = await bridge.WhenAsync<ObservationResumed>();
        var observer = bridge.Supervisor.Find("room")!;

        var events = await bridge.EventsAsync();
        var gap = Assert.Single(observer.LatestGaps);

        Assert.Equal(
            events.Reverse().Take(RecentEvents.Kept).Select(happened => (happened.Sequence, happened.GetType().Name)),
            observer.LatestEvents.Select(happened => (happened.Sequence, happened.Type)).Where(happened => happened.Sequence <= events[^1].Sequence));
        Assert.Equal(("room", resumed.GapFrom, resumed.GapTo, "connectionLost"), (gap.RoomId, gap.From, gap.To, gap.Reason));
        Assert.Null(bridge.Supervisor.Find("another"));
    }

    private static RoomEvent Event<TEvent>(long sequence)
        where TEvent : RoomEvent => (RoomEvent)(Contracts.Tests.Samples.Sample.Messages.Values.OfType<TEvent>().First() with { Sequence = sequence, OccurredAt = Noon.AddSeconds(sequence) });
}
