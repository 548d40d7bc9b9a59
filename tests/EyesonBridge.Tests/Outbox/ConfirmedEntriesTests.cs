using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using EyesonBridge.Tests.Observation;

namespace EyesonBridge.Tests.Outbox;

public sealed class ConfirmedEntriesTests
{
    [Fact]
    public void Join_FollowingEachOther_IsOneRange() =>
        Assert.Equal([new OutboxRange(3, 6, 10)], ConfirmedEntries.Join([One(5, 3), One(3, 1), One(6, 4), One(4, 2)]));

    [Fact]
    public void Join_WithGaps_AreRangesInOrder() =>
        Assert.Equal(
            [new OutboxRange(1, 2, 3), One(4, 4), new OutboxRange(8, 12, 17)],
            ConfirmedEntries.Join([new OutboxRange(9, 12, 9), One(4, 4), One(2, 2), One(1, 1), One(8, 8)]));

    [Fact]
    public void Join_Nothing_IsNothing() => Assert.Empty(ConfirmedEntries.Join([]));

    [Fact(Timeout = 20_000)]
    public async Task Flush_WhileMoreIsConfirmedAllTheTime_EndsWithWhatWasConfirmedBefore()
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        using var deletes = new SemaphoreSlim(0);
        using var begun = new SemaphoreSlim(0);
        var store = new FaultyStore(fixture.Store)
        {
            Deleting = () =>
            {
                begun.Release();
                return deletes.WaitAsync(TestContext.Current.CancellationToken);
            },
        };
        var confirmed = new ConfirmedEntries(store, static _ => { });
        confirmed.Add([Lanes.Entry(1)]);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        confirmed.Add([Lanes.Entry(2)]);

        var flushed = confirmed.FlushAsync();
        deletes.Release();
        await begun.WaitAsync(TestContext.Current.CancellationToken); // the second is being deleted
        Assert.False(flushed.IsCompleted);
        confirmed.Add([Lanes.Entry(3)]);
        deletes.Release();

        await flushed;
        await begun.WaitAsync(TestContext.Current.CancellationToken); // the third, which is not meant
        Assert.False(confirmed.FlushAsync().IsCompleted);
        deletes.Release();
        await confirmed.FlushAsync();
    }

    private static OutboxRange One(long id, long bytes) => new(id, id, bytes);
}
