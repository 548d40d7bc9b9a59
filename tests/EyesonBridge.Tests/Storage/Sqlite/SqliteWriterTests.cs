using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Append_AThousandAtOnce_SharesAFewCommits()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);
        var before = store.Writer.Commits;

        var appends = Enumerable.Range(0, 1_000).Select(sequence => store.AppendAsync(Append(room, sequence), Cancelled)).ToList();
        release.Set();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(3, store.Writer.Commits - before); // the one that occupied the writer, 512, 488
        Assert.Equal(1_000, store.Depth.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_LargePayloads_AreSpreadOverCommits()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);
        var before = store.Writer.Commits;

        var appends = Enumerable.Range(0, 5).Select(sequence => store.AppendAsync(Append(room, sequence, bytes: 5_000_000), Cancelled)).ToList();
        release.Set();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(4, store.Writer.Commits - before); // the one that occupied the writer, and two of at least 8 MiB, and the rest
    }

    [Fact(Timeout = 60_000)]
    public async Task Write_ThatFailsByItself_DoesNotFailItsNeighbours()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);

        var first = store.AppendAsync(Append(room, 0), Cancelled);
        var constraint = store.Writer.WriteAsync(
            context =>
            {
                context.Appends.Append(Append(room, 1));
                SqliteStatement.Execute(context.Database, "INSERT INTO probe (id, written_at) VALUES (2, 0)");
                return 0;
            },
            bytes: 0,
            freesSpace: false,
            Cancelled);
        var bug = store.Writer.WriteAsync<int>(_ => throw new InvalidOperationException("a bug"), bytes: 0, freesSpace: false, Cancelled);
        var last = store.AppendAsync(Append(room, 1), Cancelled);
        release.Set();

        Assert.Equal(AppendOutcome.Committed, await first);
        await Assert.ThrowsAsync<SqliteException>(() => constraint);
        await Assert.ThrowsAsync<InvalidOperationException>(() => bug);
        Assert.Equal(AppendOutcome.Committed, await last);
        Assert.Equal([1L, 2L], await SequencesAsync(store));
        Assert.Equal(new OutboxDepth(2, 20), store.Depth);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_CancelledWhileQueued_IsNeverWritten()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);
        using var cancellation = new CancellationTokenSource();

        var append = store.AppendAsync(Append(room, 0), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        release.Set();

        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(Append(room, 0, bytes: 7), Cancelled));
        Assert.Equal(new OutboxDepth(1, 7), store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task Write_CancelledWhileBeingWritten_TellsItsResult()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        using var cancellation = new CancellationTokenSource();

        var outcome = await store.Writer.WriteAsync(
            context =>
            {
                cancellation.Cancel();
                return context.Appends.Append(Append(room, 0));
            },
            bytes: 0,
            freesSpace: false,
            cancellation.Token);

        Assert.Equal(AppendOutcome.Committed, outcome);
        Assert.Equal([1L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_CancelledAtRandom_IsWrittenExactlyWhenTold()
    {
        await using var store = await _fixture.OpenAsync();
        var told = 0L;
        var room = await HoldAsync(store);

        for (var round = 0; round < 200; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var append = store.AppendAsync(Append(room, told), cancellation.Token);
            var cancelling = cancellation.CancelAsync();
            try
            {
                Assert.Equal(AppendOutcome.Committed, await append);
                told++;
            }
            catch (OperationCanceledException)
            {
                // Not written, then: the next append with the same sequence proves it.
            }

            await cancelling;
        }

        Assert.Equal(told, (await store.FindRoomAsync("a", Cancelled))!.Sequence);
        Assert.Equal(told, store.Depth.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Read_WhileTheWriterIsBusy_SeesWhatIsCommitted()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        var release = await OccupyAsync(store);

        var append = store.AppendAsync(Append(room, 1), Cancelled);
        Assert.Equal([1L], await SequencesAsync(store));
        Assert.Equal(1, (await store.FindRoomAsync("a", Cancelled))!.Sequence);

        release.Set();
        await append;
        Assert.Equal([1L, 2L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_UnderLoad_WritesWhatIsQueued()
    {
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var appends = Enumerable.Range(0, 2_000).Select(sequence => store.AppendAsync(Append(room, sequence), Cancelled)).ToList();

        await store.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ProbeAsync(Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.ListRoomsAsync(Cancelled));
        await store.DisposeAsync();
        await using var again = await _fixture.OpenAsync();
        Assert.Equal(2_000, again.Depth.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_Always_LeavesOneFileThatIsComplete()
    {
        await using (var store = await _fixture.OpenAsync())
        {
            await store.AppendAsync(Append(await HoldAsync(store), 0), Cancelled);
            await SequencesAsync(store);
        }

        Assert.False(File.Exists(_fixture.Path + "-wal"));
        using var connection = _fixture.Connect();
        Assert.Equal(1, SqliteStatement.ReadInt64(connection.Handle!, "SELECT count(*) FROM outbox"));
    }
}
