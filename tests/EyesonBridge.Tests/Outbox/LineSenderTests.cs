using EyesonBridge.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Outbox;

/// <summary>Where events are sent: what was just committed by whoever committed it, as long as that is little.</summary>
public sealed class LineSenderTests
{
    private const int Rooms = 200;
    private const int Batch = 64;

    private int _sentHere;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task SendNew_SenderWaits_SendsOneBatchHereAndTheRestElsewhere()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        using var stopping = new CancellationTokenSource();
        var (line, sender) = SenderOf(fixture, new UnroutedEvents(NullLogger<UnroutedEvents>.Instance));
        var sending = Task.Run(() => sender.RunAsync(stopping.Token), Cancelled);
        var (id, here, isHere) = (0, 0, false);
        fixture.Publisher.Publish = (_, _) =>
        {
            if (isHere && Environment.CurrentManagedThreadId == here)
                Interlocked.Increment(ref _sentHere);
            return Task.CompletedTask;
        };

        do
        {
            // Until it finds the sender waiting: it may still be busy with what came before.
            await fixture.Publisher.WhenConfirmedAsync(id, Cancelled);
            _sentHere = 0;
            (here, isHere) = (Environment.CurrentManagedThreadId, true);
            for (var room = 1; room <= Rooms; room++)
                line.Add(Lanes.Entry(++id) with { RoomId = $"room-{room}" });
            line.SendNew();
            isHere = false;
        }
        while (Volatile.Read(ref _sentHere) == 0);

        Assert.Equal(Batch, _sentHere);
        await fixture.Publisher.WhenConfirmedAsync(id, Cancelled);
        await stopping.CancelAsync();
        await sending;
    }

    /// <summary>A broker that closes a channel can still confirm on it what it took before.</summary>
    [Fact(Timeout = 20_000)]
    public async Task Confirmed_AttemptWasGivenUp_CountsOnlyTheNext()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var unrouted = new UnroutedEvents(NullLogger<UnroutedEvents>.Instance);
        var (line, sender) = SenderOf(fixture, unrouted, waiting: 2);
        var attempts = Take(line, 2);

        sender.Lost(new PublishingException("no such exchange"), isFaultOfAnEvent: false);
        sender.Confirmed([attempts[0] with { IsRouted = false }, attempts[1]]);

        Assert.Empty(unrouted.Counts);
        Assert.Equal((1, 0), (fixture.Log.Count(4000), fixture.Log.Count(4001))); // failed, and not recovered
        attempts = Take(line, 2);
        sender.Confirmed([attempts[1], attempts[0] with { IsRouted = false }]);
        Assert.Equal([new("RoomLocked", 1)], unrouted.Counts);
        Assert.True(line.IsEmpty);
    }

    /// <summary>The broker confirms at once what it has no queue for, and later what a queue has to write first.</summary>
    [Fact(Timeout = 20_000)]
    public async Task Confirmed_ReturnedBehindOneThatIsSentAgain_CountsWhatBecomesOfItInTheEnd()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var unrouted = new UnroutedEvents(NullLogger<UnroutedEvents>.Instance);
        var (line, sender) = SenderOf(fixture, unrouted, waiting: 2);
        var attempts = Take(line, 2);

        sender.Confirmed([attempts[1] with { IsRouted = false }]);
        sender.Lost(new PublishingException("no such exchange"), isFaultOfAnEvent: false);
        sender.Confirmed(Take(line, 2));

        Assert.Empty(unrouted.Counts);
        Assert.True(line.IsEmpty);
    }

    private static PublishReceipt[] Take(PublishLine line, int count)
    {
        var attempts = new PublishReceipt[count];
        Assert.Equal(count, line.Take(attempts, troubled: false));
        return attempts;
    }

    private static (PublishLine Line, LineSender Sender) SenderOf(DispatcherFixture fixture, UnroutedEvents unrouted, int waiting = 0)
    {
        var line = new PublishLine(new LaneMemory(1024 * 1024), new ConfirmedEntries(fixture.Store, static _ => { }), new DispatcherProgress(fixture.Time), fixture.Time);
        line.EndCatchingUp();
        for (var id = 1; id <= waiting; id++)
            line.Add(Lanes.Entry(id));
        var state = new PublishingState(fixture.Store, unrouted, fixture.Time, fixture.Log);
        return (line, new LineSender(line, isApart: false, fixture.Publisher, state, fixture.Store.Lease, fixture.Time));
    }
}
