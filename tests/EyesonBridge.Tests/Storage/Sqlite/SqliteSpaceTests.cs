using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>The disk has little room: what waits never takes what deletes need, and nobody has to help.</summary>
public sealed class SqliteSpaceTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;
    private const long Total = 16 * Mebibyte; // a reserve of 2 MiB, 4 MiB for the log

    private readonly SqliteFixture _fixture = new() { Space = new DiskSpace(Total, Total) };

    private string Reserve => _fixture.Path + ".reserve";

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Append_NoMoreFreeThanTheLogNeeds_WaitsUntilDeletesHaveMadeRoom()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        for (var sequence = 0; sequence < 20; sequence++)
            await store.AppendAsync(Append(room, sequence, bytes: 40_000), Cancelled);

        _fixture.Space = new DiskSpace(Total, 4 * Mebibyte);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1)); // it looks once a second
        var append = store.AppendAsync(Append(room, 20, bytes: 500_000), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        await _fixture.AttemptInVainAsync();

        Assert.Contains("is full", store.Health.Problem, StringComparison.Ordinal);
        Assert.True(File.Exists(Reserve)); // there is room for deletes without it
        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 20, Bytes: 20 * 40_000)], Cancelled);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await delete;
        Assert.Equal(AppendOutcome.Committed, await append);
        await store.ProbeAsync(Cancelled);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_LogHasGrownWhileSomebodyRead_GoesOnOnceItsRoomIsGivenBack()
    {
        _fixture.LogTakesSpace = true;
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await using var reader = _fixture.Connect();
        await using (reader.BeginTransaction(deferred: true))
        {
            SqliteStatement.ReadInt64(reader.Handle!, "SELECT count(*) FROM outbox");
            for (var sequence = 0; sequence < 20; sequence++)
                await store.AppendAsync(Append(room, sequence, bytes: 80_000), Cancelled);
        }

        Assert.InRange(new FileInfo(_fixture.LogPath).Length, Mebibyte, 4 * Mebibyte);
        _fixture.Space = new DiskSpace(Total, 3 * Mebibyte / 2); // half of the reserve is left when the log is gone, and not before
        _fixture.Time.Advance(TimeSpan.FromSeconds(1)); // it looks once a second
        var append = store.AppendAsync(Append(room, 20, bytes: 500_000), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 20, Bytes: 20 * 80_000)], Cancelled);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        await delete;
        Assert.Equal(AppendOutcome.Committed, await append);
        await store.ProbeAsync(Cancelled);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_OthersGiveBackRoom_GoesOnByItself()
    {
        _fixture.Space = new DiskSpace(Total, 4 * Mebibyte);
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var append = store.AppendAsync(Append(room, 0, bytes: 500_000), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);

        _fixture.Space = new DiskSpace(Total, Total);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AppendOutcome.Committed, await append);
    }

    [Fact(Timeout = 60_000)]
    public async Task Write_AfterOneThatFailedOtherwiseWhileTheDiskWasFull_IsWellAgain()
    {
        _fixture.Space = new DiskSpace(Total, 4 * Mebibyte);
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        var append = store.AppendAsync(Append(room, 0, bytes: 500_000), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        Assert.False(store.Health.IsWritable);

        _fixture.SpaceFailure = new UnauthorizedAccessException("the disk may not be looked at");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => append);
        (_fixture.SpaceFailure, _fixture.Space) = (null, new DiskSpace(Total, Total));
        await store.ProbeAsync(Cancelled);
        await store.ProbeAsync(Cancelled); // the first is told before health is

        Assert.Equal(StoreHealth.Healthy, store.Health);
        Assert.Equal(1, _fixture.Log.Count(2004));
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_OthersTakeRoomWhileTheStoreIsOpen_StopsBeforeTheDiskIsFull()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);

        _fixture.Space = new DiskSpace(Total, 4 * Mebibyte);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var append = store.AppendAsync(Append(room, 1, bytes: 500_000), Cancelled);

        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        Assert.False(append.IsCompleted);
        Assert.False(store.Health.IsWritable);
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_FullDisk_GivesTheReserveBackAndDeletesBeforeAnythingElse()
    {
        await using (var former = await _fixture.OpenAsync())
        {
            var room = await HoldAsync(former);
            for (var sequence = 0; sequence < 3; sequence++)
                await former.AppendAsync(Append(room, sequence), Cancelled);
        }

        Assert.Equal(2 * Mebibyte, new FileInfo(Reserve).Length);
        _fixture.Space = new DiskSpace(Total, 0);

        await using var store = await _fixture.OpenAsync();
        Assert.False(File.Exists(Reserve));
        var claim = store.ClaimRoomsAsync("next", TimeSpan.FromMinutes(1), 10, Cancelled);
        var handOver = store.HandOverAsync(new OutboxReceiver(), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        await _fixture.AttemptInVainAsync();
        await _fixture.AttemptInVainAsync(); // when the first began, it may not have been asked for yet
        Assert.Equal(3, await handOver);
        var delete = store.DeleteOutboxAsync([new OutboxRange(1, 3, Bytes: 30)], Cancelled);
        await _fixture.AttemptInVainAsync();
        await delete;

        Assert.Equal(0, store.Depth.Count);
        Assert.False(claim.IsCompleted);
        Assert.Contains("is full", store.Health.Problem, StringComparison.Ordinal);

        _fixture.Space = new DiskSpace(Total, Total);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await claim);
        Assert.Equal(2 * Mebibyte, new FileInfo(Reserve).Length);
        await store.ProbeAsync(Cancelled);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact(Timeout = 60_000)]
    public async Task Dispose_FullDisk_EndsAndKeepsWhatIsFreeForTheNextStart()
    {
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        await store.DisposeAsync();
        _fixture.Space = new DiskSpace(Total, Mebibyte / 2);
        store = await _fixture.OpenAsync();
        var append = store.AppendAsync(Append(room, 1), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);

        await store.DisposeAsync();

        await Assert.ThrowsAsync<StoreException>(() => append);
        Assert.Equal(Mebibyte / 2, new FileInfo(Reserve).Length);
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_RoomOnTheDiskIsNotKnown_LimitsNothing()
    {
        _fixture.Space = null;
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);

        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(Append(room, 0, bytes: 500_000), Cancelled));
        Assert.False(File.Exists(Reserve));
    }

    [Fact]
    public void Of_AFolder_TellsTheSizeOfItsDisk()
    {
        var space = DiskSpace.Of(_fixture.Folder);

        Assert.NotNull(space);
        Assert.InRange(space.Value.Free, 1, space.Value.Total);
        Assert.Null(DiskSpace.Of(Path.Combine(_fixture.Folder, "missing")));
    }

    [Fact]
    public void InParts_RangesOfAnyLength_AreCoveredWhole()
    {
        var parts = new DeleteOperation([new OutboxRange(1, 70, Bytes: 7), new OutboxRange(90, 90, Bytes: 1)]).InParts();

        Assert.Equal(4, parts.Count());
    }
}
