using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>The disk is full, or another program holds a lock: writes wait, and nothing is lost.</summary>
public sealed class SqliteTroubleTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task ReadOutbox_IdThatCannotBeRead_EndsNotTheReading()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        await store.AppendAsync(Append(room, 1), Cancelled);
        _fixture.Execute("UPDATE outbox SET event_id = 'nonsense' WHERE sequence = 1");

        var entries = await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled);

        Assert.Equal([true, false], entries.Select(entry => entry.EventId == Guid.Empty));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_DiskFull_WaitsSaysWhyAndGoesOn()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        await FillDiskAsync(store);

        var waiting = Enumerable.Range(1, 20).Select(sequence => store.AppendAsync(Append(room, sequence, bytes: 10_000), Cancelled)).ToList();
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        await _fixture.AttemptInVainAsync();
        await _fixture.AttemptInVainAsync();

        Assert.False(store.Health.IsWritable);
        Assert.Contains("is full", store.Health.Problem, StringComparison.Ordinal);
        Assert.Contains(_fixture.Path, store.Health.Problem, StringComparison.Ordinal);
        Assert.All(waiting, append => Assert.False(append.IsCompleted));
        Assert.Equal([1L], await SequencesAsync(store));
        Assert.Equal(1, store.Depth.Count);
        Assert.Equal((1, 0), (_fixture.Log.Count(2003), _fixture.Log.Count(2004)));

        var freed = FreeDiskAsync(store);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await freed;

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(Enumerable.Range(1, 21).Select(sequence => (long)sequence), await SequencesAsync(store));
        await store.ProbeAsync(Cancelled);
        Assert.Equal(StoreHealth.Healthy, store.Health);
        Assert.Equal((1, 1), (_fixture.Log.Count(2003), _fixture.Log.Count(2004)));
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_DiskFull_OvertakesTheAppendsAndMakesRoomForThem()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0, bytes: 100_000), Cancelled);
        await FillDiskAsync(store);
        var append = store.AppendAsync(Append(room, 1, bytes: 50_000), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);

        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 1, Bytes: 100_000)], Cancelled);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await delete;
        Assert.Equal(AppendOutcome.Committed, await append);
        Assert.Equal([2L], await SequencesAsync(store));
        Assert.Equal(new OutboxDepth(1, 50_000), store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_CancelledWhileTheDiskIsFull_IsNeverWritten()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await FillDiskAsync(store);
        using var cancellation = new CancellationTokenSource();
        var inBatch = store.AppendAsync(Append(room, 0, bytes: 50_000), cancellation.Token);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        var behind = store.AppendAsync(Append(room, 1, bytes: 50_000), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inBatch);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => behind);
        var freed = FreeDiskAsync(store);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await freed;
        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(Append(room, 0), Cancelled));
        Assert.Equal([1L], await SequencesAsync(store));
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_DiskFull_EndsTellsTheCallersAndKeepsWhatWasWritten()
    {
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        await FillDiskAsync(store);
        var waiting = Enumerable.Range(1, 600).Select(sequence => store.AppendAsync(Append(room, sequence, bytes: 10_000), Cancelled)).ToList();
        await _fixture.Time.WhenArmedAsync(1, Cancelled);

        await store.DisposeAsync();

        foreach (var append in waiting)
            Assert.Contains("is full", (await Assert.ThrowsAsync<StoreException>(() => append)).Message, StringComparison.Ordinal);
        Assert.Equal(1, _fixture.Log.Count(2006));
        await using var again = await _fixture.OpenAsync();
        Assert.Equal([1L], await SequencesAsync(again));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_LockedByAnotherProgram_WaitsSaysWhyAndGoesOn()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        Task<AppendOutcome> append;
        using (var other = _fixture.Connect())
        {
            SqliteStatement.Execute(other.Handle!, "BEGIN EXCLUSIVE");
            append = store.AppendAsync(Append(room, 0), Cancelled);
            await _fixture.Time.WhenArmedAsync(1, Cancelled);

            Assert.Contains("Another program has locked", store.Health.Problem, StringComparison.Ordinal);
            Assert.Empty(await SequencesAsync(store));
            Assert.False(append.IsCompleted);
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AppendOutcome.Committed, await append);
        Assert.Equal([1L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_LockedForLongerThanTheLease_IsCommittedUnderTheSameLease()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store, lease: TimeSpan.FromSeconds(1));
        Task<AppendOutcome> append;
        using (var other = _fixture.Connect())
        {
            SqliteStatement.Execute(other.Handle!, "BEGIN EXCLUSIVE");
            append = store.AppendAsync(Append(room, 0), Cancelled);
            await _fixture.Time.WhenArmedAsync(1, Cancelled);
            while (TimeProvider.System.GetUtcNow() <= room.LeaseUntil)
                await _fixture.AttemptInVainAsync();
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AppendOutcome.Committed, await append);
        Assert.Equal(room.Epoch, (await store.FindRoomAsync("a", Cancelled))!.Epoch);
    }

    [Fact(Timeout = 60_000)]
    public async Task Attempts_InVain_AreMadeAfterGrowingPausesUpToASecond()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await FillDiskAsync(store);
        var attempts = 0;
        var write = store.Writer.WriteAsync(
            context =>
            {
                attempts++;
                return context.Appends.Append(Append(room, 0, bytes: 100_000));
            },
            bytes: 0,
            freesSpace: false,
            Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        Assert.Equal(1, attempts);

        foreach (var pause in (int[])[100, 200, 400, 800, 1_000, 1_000])
        {
            var before = attempts;
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(pause - 1));
            Assert.Equal(1, _fixture.Time.ArmedTimers);
            _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));
            await _fixture.Time.WhenArmedAsync(1, Cancelled);
            Assert.Equal(before + 1, attempts);
        }

        var freed = FreeDiskAsync(store);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await freed;
        Assert.Equal(AppendOutcome.Committed, await write);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(8, true)]
    [InlineData(10, true)]
    [InlineData(11, true)]
    [InlineData(13, true)]
    [InlineData(14, true)]
    [InlineData(1, false)]
    [InlineData(19, false)]
    public void IsOfTheStore_EachKindOfError_TellsWhetherRepeatingHelps(int code, bool expected)
    {
        var exception = new SqliteException("message", code, code);

        Assert.Equal(expected, SqliteProblem.IsOfTheStore(exception));
        Assert.Contains("/data/bridge.db", SqliteProblem.Describe(exception, "/data/bridge.db"), StringComparison.Ordinal);
    }
}
