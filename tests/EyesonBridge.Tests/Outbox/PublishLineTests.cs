using EyesonBridge.Outbox;
using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Outbox;

/// <summary>Rooms that are published apart from the others.</summary>
public sealed class PublishLineTests
{
    private static readonly PublishingException Reason = new("access to the exchange refused");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task Lose_ThroughAnEvent_TriesItsRoomsOneByOneAndFindsTheCulprit()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 3);
        Assert.Equal(3, Take(line, troubled: false).Count);

        Assert.Null(line.Lose(troubled: false, Reason, isFaultOfAnEvent: true));
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        line.Sweep(TimeSpan.FromSeconds(10));

        await line.HasTroubledWork.WaitAsync(Cancelled);
        var culprit = Assert.Single(Take(line, troubled: true)).Publication;
        Assert.Same(culprit, line.Lose(troubled: true, Reason, isFaultOfAnEvent: true));
        await line.HasTroubledWork.WaitAsync(Cancelled);
        line.Confirm([Assert.Single(Take(line, troubled: true))], new ConfirmOutcome());
        await line.HasTroubledWork.WaitAsync(Cancelled);
        line.Confirm([Assert.Single(Take(line, troubled: true))], new ConfirmOutcome());

        Assert.Equal([culprit.Entry.RoomId], line.Troubled());
    }

    [Fact(Timeout = 20_000)]
    public async Task Lose_ThroughTheConnection_SetsNobodyApart()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 1);
        Take(line, troubled: false);

        Assert.Null(line.Lose(troubled: false, Reason, isFaultOfAnEvent: false));

        Assert.Empty(line.Troubled());
        Assert.Single(Take(line, troubled: false));
    }

    [Fact(Timeout = 20_000)]
    public async Task TryTell_OfARoomThatIsHeldUp_IsTrueOnceUntilItGoesOn()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 2);
        var told = Take(line, troubled: false)[0];
        Assert.False(line.TryTell(told.Publication));

        line.Lose(troubled: false, Reason, isFaultOfAnEvent: true);
        Assert.True(line.TryTell(told.Publication));
        Assert.False(line.TryTell(told.Publication));

        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        line.Sweep(TimeSpan.FromSeconds(10));
        var outcome = new ConfirmOutcome();
        line.Confirm([Assert.Single(Take(line, troubled: true))], outcome);
        line.Confirm([Assert.Single(Take(line, troubled: true))], outcome);
        Assert.Equal([told.Publication.Entry.RoomId], outcome.GoOn);
        Assert.False(line.TryTell(told.Publication));
    }

    [Fact(Timeout = 20_000)]
    public async Task TryTell_OfARoomThatWasElsewhereMeanwhile_IsTrueAgain()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 1);
        LoseThroughAnEvent(fixture, line);
        Assert.True(line.TryTell(Assert.Single(Take(line, troubled: true)).Publication));

        line.Retain(new HashSet<string>());
        Add(line, rooms: 1);
        Take(line, troubled: false);
        line.Lose(troubled: false, Reason, isFaultOfAnEvent: true);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        line.Sweep(TimeSpan.FromSeconds(10));

        Assert.True(line.TryTell(Assert.Single(Take(line, troubled: true)).Publication));
    }

    [Fact(Timeout = 20_000)]
    public async Task Confirm_OfTheLastRoomApart_LetsManyBeTriedAtOnceAgain()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 1);
        LoseThroughAnEvent(fixture, line);
        line.Confirm([Assert.Single(Take(line, troubled: true))], new ConfirmOutcome());

        Add(line, rooms: 5);
        SetApart(fixture, line);

        Assert.Equal(5, Take(line, troubled: true).Count);
    }

    [Fact(Timeout = 20_000)]
    public async Task Confirm_WindowOfTheRoomsApartWasFull_WakesForTheNext()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: PublishWindow.TroubledRooms + 1);
        SetApart(fixture, line);
        await line.HasTroubledWork.WaitAsync(Cancelled);
        var sent = Take(line, troubled: true);
        Assert.Equal(PublishWindow.TroubledRooms, sent.Count);

        line.Confirm([sent[0]], new ConfirmOutcome());

        await line.HasTroubledWork.WaitAsync(Cancelled);
        Assert.Single(Take(line, troubled: true));
    }

    [Fact(Timeout = 20_000)]
    public async Task Sweep_RoomsApartAreNotConfirmedForLong_MakePlaceForOthersAndAreSentOnce()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: PublishWindow.TroubledRooms + 1);
        SetApart(fixture, line);
        await line.HasTroubledWork.WaitAsync(Cancelled);
        var first = Take(line, troubled: true);
        Assert.Equal(PublishWindow.TroubledRooms, first.Count);

        fixture.Time.Advance(PublishWindow.Slow);
        Assert.Empty(line.Sweep(TimeSpan.FromSeconds(10)).Overdue);

        await line.HasTroubledWork.WaitAsync(Cancelled);
        Assert.Single(Take(line, troubled: true));
        fixture.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(first, line.Sweep(TimeSpan.FromSeconds(10)).Overdue);
    }

    [Fact(Timeout = 20_000)]
    public async Task Lose_ThroughAnEventApart_IsNotTheFaultOfOneThatIsNotConfirmedForLong()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 2);
        LoseThroughAnEvent(fixture, line);
        var slow = Assert.Single(Take(line, troubled: true)).Publication;
        fixture.Time.Advance(PublishWindow.Slow);
        line.Sweep(TimeSpan.FromSeconds(10));
        var culprit = Assert.Single(Take(line, troubled: true)).Publication;

        Assert.Same(culprit, line.Lose(troubled: true, Reason, isFaultOfAnEvent: true));

        Assert.Same(slow, Assert.Single(Take(line, troubled: true)).Publication); // without a pause
        fixture.Time.Advance(TimeSpan.FromSeconds(2));
        line.Sweep(TimeSpan.FromSeconds(10));
        Assert.Same(culprit, Assert.Single(Take(line, troubled: true)).Publication);
        Assert.Null(line.Lose(troubled: true, Reason, isFaultOfAnEvent: true)); // perhaps the broker took long to close the channel
    }

    [Theory(Timeout = 20_000)]
    [InlineData("block")]
    [InlineData("retain")]
    [InlineData("adopt")]
    [InlineData("withhold")]
    public async Task Leave_TheLastRoomApart_LetsManyBeTriedAtOnceAgain(string how)
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 1);
        LoseThroughAnEvent(fixture, line);
        var apart = Assert.Single(Take(line, troubled: true));
        if (how is "block")
            line.Block(apart, Reason);
        else if (how is "retain")
            line.Retain(new HashSet<string>(StringComparer.Ordinal));
        else if (how is "adopt")
            line.Adopt(new LeftRoom("room-1", LastId: 0));
        else
            line.Withhold("room-1");

        for (var room = 2; room <= 6; room++)
            line.Add(Lanes.Entry(room) with { RoomId = $"room-{room}" });
        SetApart(fixture, line);

        Assert.Equal(5, Take(line, troubled: true).Count);
    }

    [Fact(Timeout = 20_000)]
    public async Task HasNothingOf_RoomThatCannotBeRead_OnlyIfItIsLeftToOthers()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture);
        Add(line, rooms: 1);
        line.Block(Assert.Single(Take(line, troubled: false)), Reason);

        Assert.False(line.HasNothingOf("room-1", leaveUnreadable: false));
        Assert.Equal(["room-1"], line.Troubled());
        Assert.True(line.HasNothingOf("room-1", leaveUnreadable: true));
        Assert.Empty(line.Troubled());
    }

    [Fact(Timeout = 20_000)]
    public async Task TryLoadSpilled_RoomLeftMoreToTheOutboxMeanwhile_TakesNothingOutOfOrder()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = LineOf(fixture, mostBytes: 100_000);
        for (var id = 1; id <= 200; id++)
            line.Add(Lanes.Entry(id, bytes: 1_000));
        var sent = ConfirmFirst(line, 30);
        var spilled = Assert.Single(Hungry(line)).Value;

        Assert.Equal(new SpilledRoom(From: 51, Newest: 200), spilled);
        // While the outbox is read from there on, the room fails and leaves most of what it has to the outbox again.
        line.Fail(sent, Reason);

        Assert.False(line.TryLoadSpilled(Lanes.Entry(spilled.From, bytes: 1_000), spilled.From));
        line.NoteReadThrough("room", spilled);
        Assert.Equal(33, line.SpilledFrom("room")); // two are kept, and nothing behind them is passed over
    }

    /// <summary>Confirms the first so many events of a room, and returns the one behind them, which is sent.</summary>
    private static PublishReceipt ConfirmFirst(PublishLine line, int count)
    {
        for (var confirmed = 0; ;)
        {
            var sent = Take(line, troubled: false);
            var confirm = Math.Min(count - confirmed, sent.Count);
            line.Confirm(sent.Take(confirm).ToArray(), new ConfirmOutcome());
            confirmed += confirm;
            if (sent.Count > confirm)
                return sent[confirm];
        }
    }

    /// <summary>What of the rooms of a line should be read on.</summary>
    private static Dictionary<string, SpilledRoom> Hungry(PublishLine line)
    {
        var rooms = new Dictionary<string, SpilledRoom>(StringComparer.Ordinal);
        line.AddHungry(rooms);
        return rooms;
    }

    private static PublishLine LineOf(DispatcherFixture fixture, long mostBytes = 1024 * 1024)
    {
        var line = new PublishLine(
            new LaneMemory(mostBytes), new ConfirmedEntries(fixture.Store, static _ => { }), new DispatcherProgress(fixture.Time), fixture.Time);
        line.EndCatchingUp();
        return line;
    }

    private static void Add(PublishLine line, int rooms)
    {
        for (var room = 1; room <= rooms; room++)
            line.Add(Lanes.Entry(room) with { RoomId = $"room-{room}" });
    }

    /// <summary>What is sent fails, each for itself; all of it may be tried again.</summary>
    private static void SetApart(DispatcherFixture fixture, PublishLine line)
    {
        foreach (var receipt in Take(line, troubled: false))
            line.Fail(receipt, Reason);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        line.Sweep(TimeSpan.FromSeconds(10));
    }

    /// <summary>What is sent is lost through one of it; all of it may be tried again.</summary>
    private static void LoseThroughAnEvent(DispatcherFixture fixture, PublishLine line)
    {
        Take(line, troubled: false);
        line.Lose(troubled: false, Reason, isFaultOfAnEvent: true);
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        line.Sweep(TimeSpan.FromSeconds(10));
    }

    private static List<PublishReceipt> Take(PublishLine line, bool troubled)
    {
        var next = new PublishReceipt[100];
        return [.. next.Take(line.Take(next, troubled))];
    }
}
