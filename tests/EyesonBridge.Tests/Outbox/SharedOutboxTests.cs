using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Observation;

namespace EyesonBridge.Tests.Outbox;

/// <summary>An outbox that other replicas publish too: of each room only who publishes it sends anything, and only while its lease is held.</summary>
public sealed class SharedOutboxTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task Publish_LeaseLapses_SendsNothingUntilItIsHeldAgain()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var lease = await StartAsync(fixture);
        await fixture.AppendAsync("a", 1);
        await fixture.Publisher.WhenConfirmedAsync(1, Cancelled);

        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        var armed = fixture.Time.ArmedTimers;
        await fixture.AppendAsync("a", 3);
        await fixture.Time.WhenArmedAsync(armed + 1, Cancelled); // the sender waits
        Assert.Equal(1, fixture.Publisher.AttemptCount);

        lease.Renew(fixture.Time.GetTimestamp());
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Publisher.WhenConfirmedAsync(4, Cancelled);
        Assert.Equal([1L, 2L, 3L, 4L], fixture.Publisher.Confirmed.Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 20_000)]
    public async Task Publish_LapsedAndAnotherPublishesTheRoom_LeavesItToThat()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var store = new FaultyStore(fixture.Store);
        var lease = await StartAsync(fixture, store);
        fixture.Time.Advance(TimeSpan.FromSeconds(4));
        var armed = fixture.Time.ArmedTimers;
        await fixture.AppendAsync("taken", 3);
        await fixture.AppendAsync("kept", 2);
        await fixture.Time.WhenArmedAsync(armed + 1, Cancelled);

        store.Receiver!.Retain(new HashSet<string>(StringComparer.Ordinal) { "kept" });
        lease.Renew(fixture.Time.GetTimestamp());
        fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await fixture.Publisher.WhenConfirmedAsync(2, Cancelled);
        await fixture.StopAsync();

        Assert.All(fixture.Publisher.Attempts, entry => Assert.Equal("kept", entry.RoomId));
        Assert.Equal([1L, 2L, 3L], (await fixture.WaitingAsync()).Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 20_000)]
    public async Task Adopt_RoomWithEventsOfAnother_PublishesThemBeforeWhatIsAppendedHere()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        await fixture.AppendAsync("a", 2_500); // more than a page, and than a room may have in memory at first
        var store = new FaultyStore(fixture.Store);
        await StartAsync(fixture, store);
        Assert.Equal(0, fixture.Publisher.AttemptCount);

        store.Receiver!.Adopt([new LeftRoom("a", 2_500)]);
        await fixture.AppendAsync("a", 5);

        await fixture.Publisher.WhenConfirmedAsync(2_505, Cancelled);
        Assert.Equal(Enumerable.Range(1, 2_505).Select(number => (long)number), fixture.Publisher.Confirmed.Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 20_000)]
    public async Task Withhold_RoomThatAnotherStillPublishes_WaitsUntilItIsAdopted()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var store = new FaultyStore(fixture.Store);
        await StartAsync(fixture, store);

        store.Receiver!.Withhold(["a"]);
        await fixture.AppendAsync("a", 3);
        await fixture.AppendAsync("b", 1);
        await fixture.Publisher.WhenConfirmedAsync(1, Cancelled);
        Assert.Equal("b", Assert.Single(fixture.Publisher.Attempts).RoomId);
        Assert.Equal(["b"], await store.Receiver.WithoutRestAsync(["a", "b"], leaveUnreadable: true, Cancelled));

        store.Receiver.Adopt([new LeftRoom("a", 0)]);
        await fixture.Publisher.WhenConfirmedAsync(4, Cancelled);
        Assert.Equal([1L, 2L, 3L], fixture.Publisher.Confirmed.Skip(1).Select(entry => entry.Sequence));
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0);
        Assert.Equal(["a", "b"], await store.Receiver.WithoutRestAsync(["a", "b"], leaveUnreadable: true, Cancelled));
    }

    [Fact(Timeout = 20_000)]
    public async Task Resume_RoomThatComesBackWithNothingLeft_IsNotWithheldAnyMore()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var store = new FaultyStore(fixture.Store);
        await StartAsync(fixture, store);
        store.Receiver!.Withhold(["a"]);
        await fixture.AppendAsync("a", 2);

        store.Receiver.Resume(["a", "b"]);
        await fixture.AppendAsync("a", 1);

        await fixture.Publisher.WhenConfirmedAsync(3, Cancelled);
        Assert.Equal([1L, 2L, 3L], fixture.Publisher.Confirmed.Select(entry => entry.Sequence));
    }

    [Fact(Timeout = 20_000)]
    public async Task Retain_RoomThatIsUnderWay_CountsNoLateConfirm()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = new PublishLine(
            new LaneMemory(1_000_000), new ConfirmedEntries(fixture.Store, static _ => { }), new DispatcherProgress(fixture.Time), fixture.Time);
        line.EndCatchingUp();
        line.Add(Lanes.Entry(1));
        line.Add(Lanes.Entry(2));
        var next = new PublishReceipt[10];
        Assert.Equal(2, line.Take(next, troubled: false));

        line.Retain(new HashSet<string>(StringComparer.Ordinal));
        line.Confirm(next.AsSpan(0, 2), new ConfirmOutcome());

        Assert.False(next[0].IsCurrent);
        Assert.True(line.HasNothingOf("room", leaveUnreadable: true));
        Assert.Equal(0, line.Take(next, troubled: false));
        line.Add(Lanes.Entry(3));
        Assert.Equal(1, line.Take(next, troubled: false));
    }

    [Fact(Timeout = 20_000)]
    public async Task Withhold_WhileWhatWasAdoptedIsRead_TakesNothingOfIt()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var line = new PublishLine(
            new LaneMemory(1_000_000), new ConfirmedEntries(fixture.Store, static _ => { }), new DispatcherProgress(fixture.Time), fixture.Time);
        line.EndCatchingUp();
        line.Adopt(new LeftRoom("room", 2));
        var hungry = new Dictionary<string, SpilledRoom>(StringComparer.Ordinal);
        line.AddHungry(hungry);
        var adopted = hungry["room"];

        line.Withhold("room");

        Assert.False(line.TryLoadSpilled(Lanes.Entry(1), adopted.From));
        line.NoteReadThrough("room", adopted);
        line.Add(Lanes.Entry(3));
        Assert.Equal(0, line.Take(new PublishReceipt[10], troubled: false));
        Assert.Equal(0, line.SpilledFrom("room"));
    }

    private static async Task<ReplicaLease> StartAsync(DispatcherFixture fixture, FaultyStore? store = null)
    {
        var lease = ReplicaLease.Renewed(TimeSpan.FromSeconds(5), fixture.Time);
        lease.Renew(fixture.Time.GetTimestamp());
        store ??= new FaultyStore(fixture.Store);
        store.OwnLease = lease;
        await fixture.StartAsync(store);
        return lease;
    }
}
