using System.Runtime.Versioning;
using System.Text;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>Who can read the store's files, and what is left in them of what is deleted.</summary>
[UnsupportedOSPlatform("windows")] // it has no such rights
public sealed class SqliteSecrecyTests : IDisposable
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string Token = "token-that-is-to-be-forgotten";

    private readonly SqliteFixture _fixture = new();

    private static CancellationToken Cancelled => SqliteFixture.Cancelled;

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Open_NothingThere_MakesFolderAndFilesForTheOwnerOnly()
    {
        var folder = Path.Combine(_fixture.Folder, "new");
        var path = Path.Combine(folder, "bridge.db");

        await using var store = await _fixture.OpenAsync(path);
        await SqliteFixture.HoldAsync(store);
        await store.ListRoomsAsync(Cancelled);

        Assert.Equal(OwnFile | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.All((string[])[path, path + "-wal", path + "-shm", path + ".lock"], file => Assert.Equal(OwnFile, File.GetUnixFileMode(file)));
        Assert.Equal(0, _fixture.Log.Count(2040));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_FilesThatOthersCanRead_LeavesThemAndSaysSo()
    {
        await using (await _fixture.OpenAsync())
        {
        }

        File.SetUnixFileMode(_fixture.Path, OwnFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await using var store = await _fixture.OpenAsync();

        Assert.Equal(OwnFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(_fixture.Path));
        Assert.Contains("chmod", Assert.Single(_fixture.Log.Entries(2040)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_FolderThatOthersCanWrite_LeavesItAndSaysSo()
    {
        var wide = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(_fixture.Folder, wide);

        await using var store = await _fixture.OpenAsync();

        Assert.Equal(wide, File.GetUnixFileMode(_fixture.Folder));
        Assert.Contains(_fixture.Folder, Assert.Single(_fixture.Log.Entries(2040)).Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Unregister_Permalink_LeavesNothingOfItsTokenInTheFiles()
    {
        await using (var store = await _fixture.OpenAsync())
        {
            for (var other = 0; other < 50; other++)
                await RegisterAsync(store, $"other-{other}");
            await RegisterAsync(store, Token);
        }

        Assert.True(await IsInFilesAsync(Token));
        await using (var store = await _fixture.OpenAsync())
            await store.UnregisterPermalinkAsync(Token, Cancelled);

        Assert.False(await IsInFilesAsync(Token));
        Assert.True(await IsInFilesAsync("other-49"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task DeleteOutbox_Confirmed_LeavesNothingOfItInTheFiles(int bytes)
    {
        await using (var store = await _fixture.OpenAsync())
        {
            var room = await SqliteFixture.HoldAsync(store);
            for (var sequence = 0; sequence < 30; sequence++)
                await store.AppendAsync(SqliteFixture.Append(room, sequence, bytes), Cancelled);
        }

        var payload = new string('x', 50);
        Assert.True(await IsInFilesAsync(payload));
        await using (var store = await _fixture.OpenAsync())
        {
            await store.DeleteOutboxAsync(OutboxRanges.Of(await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled)), Cancelled);
            Assert.Equal(0, store.Depth.Count);
        }

        Assert.False(await IsInFilesAsync(payload));
    }

    [Fact(Timeout = 60_000)]
    public async Task Repair_EntryOfAnInbox_LeavesNothingOfItInTheFiles()
    {
        await using (await _fixture.OpenAsync())
        {
        }

        _fixture.Execute($"INSERT INTO inbox_set_aside (room_id, account, kind, body, received_at) VALUES ('room', 'default', 'unknown', CAST('{Token}' AS BLOB), 0)");
        Assert.True(await IsInFilesAsync(Token));
        using (var repair = SqliteRepair.Open($"Data Source={_fixture.Path}"))
            Assert.Equal(new RepairedRoom(null, 1), repair.Repair("room"));

        Assert.False(await IsInFilesAsync(Token));
    }

    private static Task<bool> RegisterAsync(SqliteStore store, string token) => store.RegisterPermalinkAsync(
        new PermalinkRow { Token = token, Account = "default", IsRecurring = false, Status = PermalinkStatus.Waiting, PermalinkId = "p", RoomId = "room" }, Cancelled);

    private async Task<bool> IsInFilesAsync(string text)
    {
        foreach (var file in Directory.EnumerateFiles(_fixture.Folder))
        {
            if ((await File.ReadAllBytesAsync(file, Cancelled)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
                return true;
        }

        return false;
    }
}
