using System.Text;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>What stands in one batch is joined where that changes nothing.</summary>
public sealed class SqliteBatchTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Append_SeveralOfARoomInABatch_LeavesWhatTheyWouldOneAfterTheOther()
    {
        await using var store = await _fixture.OpenAsync();
        var (joined, alone) = (await HoldAsync(store, "joined"), await HoldAsync(store, "alone"));
        foreach (var append in Steps(alone))
            Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(append, Cancelled));

        var release = await OccupyAsync(store);
        var before = store.Writer.Commits;
        var together = Steps(joined).Select(append => store.AppendAsync(append, Cancelled)).ToList();
        release.Set();

        Assert.All(await Task.WhenAll(together), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(2, store.Writer.Commits - before); // the one that occupied the writer, and this
        var (one, other) = ((await store.FindRoomAsync("joined", Cancelled))!, (await store.FindRoomAsync("alone", Cancelled))!);
        Assert.Equal(Describe(other), Describe(one));
        Assert.Equal("state 4", Encoding.UTF8.GetString(one.State.Span));
        Assert.Equal(Rows(store, "alone"), Rows(store, "joined"));

        static object Describe(RoomRow room) => (room.Sequence, room.Status, room.StatusSince, room.Reason, room.HeardAt, room.MeetingId,
            room.Positions, room.IsFollowed, Encoding.UTF8.GetString(room.State.Span));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_SeveralOfARoom_UpdateItsRowOnce()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.Writer.WriteAsync(
            context =>
            {
                SqliteStatement.Execute(
                    context.Database,
                    "CREATE TEMP TABLE updates (n INTEGER); CREATE TEMP TRIGGER counted AFTER UPDATE ON main.rooms BEGIN INSERT INTO updates VALUES (1); END");
                return 0;
            },
            bytes: 0,
            freesSpace: false,
            Cancelled);

        var release = await OccupyAsync(store);
        var appends = Enumerable.Range(0, 10).Select(sequence => store.AppendAsync(Append(room, sequence), Cancelled)).ToList();
        release.Set();
        await Task.WhenAll(appends);

        Assert.Equal(1, await store.Writer.WriteAsync(
            context => SqliteStatement.ReadInt64(context.Database, "SELECT count(*) FROM updates"), bytes: 0, freesSpace: false, Cancelled));
        Assert.Equal(Enumerable.Range(1, 10).Select(sequence => (long)sequence), await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_AnotherOwnerInTheSameBatch_IsFencedAlone()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);

        var first = store.AppendAsync(Append(room, 0), Cancelled);
        var stranger = store.AppendAsync(Append(room, 1) with { Owner = "you" }, Cancelled);
        var former = store.AppendAsync(Append(room, 1) with { Epoch = room.Epoch - 1 }, Cancelled);
        var gap = store.AppendAsync(Append(room, 2), Cancelled);
        var next = store.AppendAsync(Append(room, 1), Cancelled);
        release.Set();

        Assert.Equal(
            [AppendOutcome.Committed, AppendOutcome.Fenced, AppendOutcome.Fenced, AppendOutcome.Fenced, AppendOutcome.Committed],
            await Task.WhenAll(first, stranger, former, gap, next));
        Assert.Equal([1L, 2L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_BehindAnotherWriteOfTheBatch_IsNotMadeBeforeIt()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);

        var before = store.AppendAsync(Append(room, 0), Cancelled);
        var returned = store.ReleaseRoomAsync("a", room.Owner!, room.Epoch, Cancelled);
        var after = store.AppendAsync(Append(room, 1), Cancelled);
        release.Set();

        await returned;
        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Fenced], await Task.WhenAll(before, after));
        Assert.Equal([1L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_EndOfTheObservationInABatch_EndsItBehindWhatCameBefore()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var release = await OccupyAsync(store);

        var first = store.AppendAsync(Append(room, 0), Cancelled);
        var wanted = store.AppendAsync(Append(room, 1) with { Status = ObservationStatus.Ended, Closure = AppendClosure.FinalIfUnwanted }, Cancelled);
        var second = store.AppendAsync(Append(room, 1), Cancelled);
        var end = store.AppendAsync(Append(room, 2) with { Status = ObservationStatus.Ended, Closure = AppendClosure.Final }, Cancelled);
        var late = store.AppendAsync(Append(room, 3), Cancelled);
        release.Set();

        Assert.Equal(
            [AppendOutcome.Committed, AppendOutcome.WantedAgain, AppendOutcome.Committed, AppendOutcome.Committed, AppendOutcome.Fenced],
            await Task.WhenAll(first, wanted, second, end, late));
        Assert.Equal(ObservationStatus.Ended, (await store.FindRoomAsync("a", Cancelled))!.Status);
        Assert.Equal([1L, 2L, 3L], await SequencesAsync(store));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_OneOfARoomThatFailsByItself_FailsAloneAndThoseBehindItAreFenced()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        _fixture.Execute("CREATE TRIGGER picky BEFORE INSERT ON outbox WHEN NEW.sequence = 2 BEGIN SELECT RAISE(ABORT, 'no'); END");
        var release = await OccupyAsync(store);

        var appends = Enumerable.Range(0, 4).Select(sequence => store.AppendAsync(Append(room, sequence), Cancelled)).ToList();
        release.Set();

        Assert.Equal(AppendOutcome.Committed, await appends[0]);
        await Assert.ThrowsAsync<SqliteException>(() => appends[1]);
        Assert.Equal(AppendOutcome.Fenced, await appends[2]);
        Assert.Equal(AppendOutcome.Fenced, await appends[3]);
        Assert.Equal([1L], await SequencesAsync(store));
        Assert.Equal(new OutboxDepth(1, 10), store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_AppendComes_SharesItsCommit()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        await store.AppendAsync(Append(room, 1), Cancelled);
        var release = await OccupyAsync(store);
        var before = store.Writer.Commits;

        var first = store.DeleteOutboxAsync([new OutboxRange(1, 1, Bytes: 10)], Cancelled);
        var append = store.AppendAsync(Append(room, 2), Cancelled);
        var second = store.DeleteOutboxAsync([new OutboxRange(2, 2, Bytes: 10)], Cancelled);
        release.Set();

        await Task.WhenAll(first, append, second);
        Assert.Equal(2, store.Writer.Commits - before); // the one that occupied the writer, and this
        Assert.Equal([3L], await SequencesAsync(store));
        Assert.Equal(new OutboxDepth(1, 10), store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_SoonAfterAnother_WaitsForCompany()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);

        var begun = TimeProvider.System.GetTimestamp();
        for (var sequence = 1; sequence <= 50; sequence++)
            await store.AppendAsync(Append(room, sequence), Cancelled);

        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(49 * 3)); // each after the commit of the one before
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_NothingElseComes_IsWrittenInAWhile()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);

        var begun = TimeProvider.System.GetTimestamp();
        await store.DeleteOutboxAsync([new OutboxRange(1, 1, Bytes: 10)], Cancelled);

        Assert.True(TimeProvider.System.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(190)); // something might have come
        Assert.Empty(await SequencesAsync(store));
        Assert.Equal(default, store.Depth);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_DeletesThatWait_WritesThem()
    {
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);

        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 1, Bytes: 10)], Cancelled);
        await store.DisposeAsync();

        await delete;
        await using var again = await _fixture.OpenAsync();
        Assert.Empty(await SequencesAsync(again));
    }

    [Fact(Timeout = 60_000)]
    public async Task DeleteOutbox_CancelledWhileItWaits_IsNeverWritten()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        using var cancellation = new CancellationTokenSource();
        var release = await OccupyAsync(store);

        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 1, Bytes: 10)], cancellation.Token);
        await cancellation.CancelAsync();
        release.Set();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delete);
        await store.ProbeAsync(Cancelled);
        Assert.Equal([1L], await SequencesAsync(store));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(1, 3, 0)]
    [InlineData(1, 3, 30)]
    [InlineData(2, 2, 10)]
    [InlineData(2, 9, 80)]
    [InlineData(4, 9, 60)]
    public async Task DeleteOutbox_RangeThatIsNotAllThere_KeepsTheDepthRight(long first, long last, long bytes)
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        for (var sequence = 0; sequence < 3; sequence++)
            await store.AppendAsync(Append(room, sequence), Cancelled);

        var deletes = new[] { new OutboxRange(2, 2, Bytes: 10), new OutboxRange(first, last, bytes) };
        await store.DeleteOutboxAsync(deletes, Cancelled);

        var left = await SequencesAsync(store);
        Assert.Equal(new OutboxDepth(left.Count, left.Count * 10), store.Depth);
    }

    private static List<RoomAppend> Steps(RoomRow room) =>
    [
        Append(room, 0) with { State = Bytes("state 1"), HeardAt = At(1), Positions = "1", MeetingId = "m1", Reason = "one" },
        Append(room, 1) with { Events = [.. Append(room, 1).Events, .. Append(room, 2).Events], IsFollowed = true },
        Append(room, 3) with { At = At(3), State = Bytes("state 3"), MeetingId = "m1", Reason = "three" },
        Append(room, 4) with { At = At(4), Status = ObservationStatus.Interrupted, HeardAt = At(4), IsFollowed = true },
        Append(room, 5) with { At = At(5), Status = ObservationStatus.Interrupted, State = Bytes("state 4"), Positions = "5", MeetingId = "m2" },
        Append(room, 6) with { At = At(6), Status = ObservationStatus.Interrupted, Events = [] },
    ];

    private static List<(long Sequence, string Type)> Rows(SqliteStore store, string room) =>
        [.. store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled).GetAwaiter().GetResult()
            .Where(entry => string.Equals(entry.RoomId, room, StringComparison.Ordinal))
            .Select(entry => (entry.Sequence, entry.Type))];

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static DateTimeOffset At(int minutes) => new(2026, 3, 1, 10, minutes, 0, TimeSpan.Zero);
}
