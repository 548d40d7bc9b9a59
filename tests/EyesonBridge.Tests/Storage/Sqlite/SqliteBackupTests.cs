using System.Runtime.Versioning;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>A backup is whole, its owner's alone, and another history from its moment on.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SqliteBackupTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    private static CancellationToken Cancelled => SqliteFixture.Cancelled;

    private string Target => Path.Combine(_fixture.Folder, "backup.db");

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Create_BesideAStoreThatIsWritten_IsOfOneMoment()
    {
        await using var store = await _fixture.OpenAsync();
        var room = await SqliteFixture.HoldAsync(store);
        await AppendAsync(store, room, 0, 200);
        var written = 200L;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(
            async () =>
            {
                for (; !stop.IsCancellationRequested; written++)
                    await AppendAsync(store, room, written, 1);
            },
            Cancelled);

        var result = Create();
        await stop.CancelAsync();
        await writing;

        Assert.Equal((_fixture.Path, Target, 1, SqliteSchema.Version), (result.Store, result.Backup, result.Rooms, result.Schema));
        Assert.Equal(new FileInfo(Target).Length, result.Bytes);
        Assert.InRange(result.Events, 200, written);
        Assert.Equal(written, (await SqliteFixture.SequencesAsync(store))[^1]);
        await using var restored = await _fixture.OpenAsync(Target);
        Assert.Equal(Sequence(result.Events), await SqliteFixture.SequencesAsync(restored));
        Assert.Equal(result.Events, Assert.Single(await restored.ClaimRoomsAsync("me", TimeSpan.FromMinutes(5), 1, Cancelled)).Sequence);
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_RightsOfTheFile_AreItsOwners()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();

        Create();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target));
        Assert.Equal(["backup.db"], Directory.EnumerateFiles(_fixture.Folder, "backup.db*").Select(Path.GetFileName));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_BackupInPlaceOfItsStore_BeginsAnotherStreamAlthoughTheLockIsThere()
    {
        string stream;
        await using (var store = await _fixture.OpenAsync())
            stream = (await SqliteFixture.HoldAsync(store)).StreamId!;
        Create();
        File.Move(Target, _fixture.Path, overwrite: true);
        Assert.Equal(stream, await File.ReadAllTextAsync(_fixture.Path + ".lock", Cancelled));

        await using var restored = await _fixture.OpenAsync();

        Assert.NotEqual(stream, (await SqliteFixture.HoldAsync(restored)).StreamId);
        Assert.Equal(1, _fixture.Log.Count(2008));
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_TheStoreItself_KeepsItsStream()
    {
        string stream;
        await using (var store = await _fixture.OpenAsync())
            stream = (await SqliteFixture.HoldAsync(store)).StreamId!;
        Create();

        await using var again = await _fixture.OpenAsync();

        Assert.Equal(stream, (await SqliteFixture.HoldAsync(again)).StreamId);
        Assert.Equal(0, _fixture.Log.Count(2008));
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_FileThatExists_IsNotOverwritten()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Target, "mine", Cancelled);

        Assert.Contains("exists already", Fail(), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_LeftOfABackupThatWasKilled_IsTold()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();
        await File.WriteAllTextAsync(Target + ".part", "", Cancelled);

        Assert.Contains("backup.db.part is there", Fail(), StringComparison.Ordinal);
        Assert.True(File.Exists(Target + ".part"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_DiskWithoutRoom_LeavesNothing()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();

        Assert.Contains("4096 are free", Fail(new DiskSpace(1_000_000, 4096)), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_fixture.Folder, "backup.db*"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Create_BrokenOff_LeavesNothing()
    {
        await (await _fixture.OpenAsync()).DisposeAsync();

        Assert.Throws<OperationCanceledException>(() => SqliteBackup.Create(Source, Target, static _ => null, new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFiles(_fixture.Folder, "backup.db*"));
    }

    [Fact]
    public void Create_NoStore_IsTold() => Assert.Contains($"{_fixture.Path} does not exist. Name the bridge's own", Fail(), StringComparison.Ordinal);

    [Fact]
    public void Create_DatabaseOfAnotherProgram_IsTold()
    {
        _fixture.Execute("CREATE TABLE rooms (id)");

        Assert.Contains("is not the store of a bridge", Fail(), StringComparison.Ordinal);
    }

    private string Source => $"Data Source={_fixture.Path}";

    private BackupResult Create() => SqliteBackup.Create(Source, Target, static _ => null, Cancelled);

    private string Fail(DiskSpace? space = null) =>
        Assert.Throws<StoreException>(() => SqliteBackup.Create(Source, Target, _ => space, Cancelled)).Message;

    private static async Task AppendAsync(SqliteStore store, RoomRow room, long from, int count)
    {
        for (var sequence = from; sequence < from + count; sequence++)
            Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(SqliteFixture.Append(room, sequence), Cancelled));
    }

    private static IEnumerable<long> Sequence(long count) => Enumerable.Range(1, (int)count).Select(static number => (long)number);
}
