using EyesonBridge.Outbox;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Testing;

namespace EyesonBridge.Tests.Outbox;

/// <summary>Events that will never be taken: a command skips them, or has them published after all.</summary>
public sealed class SkipTests
{
    private static readonly UnpublishableException TooLong = new(new InvalidOperationException("The routing key is too long."));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Skip_EventThatIsRefused_LetsItsRoomGoOnAndReplayBringsItBack(bool isUnreadable)
    {
        await using var fixture = await DispatcherFixture.CreateAsync();
        var isRefused = true;
        Exception refusal = isUnreadable ? new NotSupportedException("No such event.") : TooLong;
        fixture.Publisher.Publish = (entry, _) => Volatile.Read(ref isRefused) && entry.Sequence == 1 ? throw refusal : Task.CompletedTask;
        await fixture.AppendAsync("room", 5);
        await fixture.StartAsync();
        await fixture.Log.WhenAsync(isUnreadable ? 4002 : 4006, 1, Cancelled);

        using var repair = SqliteRepair.Open(fixture.ConnectionString);
        var skipped = repair.Skip("room");
        Assert.Equal(1, skipped!.Sequence);
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0, TimeSpan.FromSeconds(1));

        Assert.Equal([2L, 3, 4, 5], fixture.Publisher.Confirmed.Select(entry => entry.Sequence).Distinct().Order());
        Assert.Equal(1, fixture.Log.Count(4020));
        Assert.Equal(1, Assert.Single(repair.List()).Count);
        Assert.Null(repair.Skip("room"));

        Volatile.Write(ref isRefused, false);
        Assert.Equal(1, repair.Replay("room"));
        await fixture.Time.AdvanceUntilAsync(() => fixture.Log.Count(4021) > 0, TimeSpan.FromSeconds(1));
        await fixture.Time.AdvanceUntilAsync(() => fixture.Store.Depth.Count == 0, TimeSpan.FromSeconds(1));
        await fixture.StopAsync();

        Assert.Equal((1, skipped.EventId), (fixture.Publisher.Confirmed[^1].Sequence, fixture.Publisher.Confirmed[^1].EventId.ToString()));
        Assert.Empty(repair.List());
        Assert.Empty(await fixture.WaitingAsync());
        Assert.Equal(0, fixture.Store.Depth.Bytes);
    }
}
