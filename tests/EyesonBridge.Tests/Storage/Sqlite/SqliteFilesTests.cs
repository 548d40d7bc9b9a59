using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>Somebody takes the files of a running bridge away: what would be written is gone at the restart, so it is not acknowledged.</summary>
public sealed class SqliteFilesTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("-wal")]
    [InlineData(".lock")]
    public async Task Append_FileTakenAway_WaitsSaysWhyAndGoesOnWhenItIsBack(string ending)
    {
        await using var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await store.AppendAsync(Append(room, 0), Cancelled);
        File.Move(_fixture.Path + ending, _fixture.Path + ".away");
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        var append = store.AppendAsync(Append(room, 1), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        await _fixture.AttemptInVainAsync();

        Assert.False(append.IsCompleted);
        Assert.Contains("was removed or replaced", store.Health.Problem, StringComparison.Ordinal);
        Assert.Equal(1, _fixture.Log.Count(2003));

        File.Move(_fixture.Path + ".away", _fixture.Path + ending);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(AppendOutcome.Committed, await append);
        Assert.Equal([1L, 2L], await SequencesAsync(store));
        await store.ProbeAsync(Cancelled);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData(".lock")]
    public async Task Append_FileReplaced_IsNotAcknowledged(string ending)
    {
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        await File.WriteAllTextAsync(_fixture.Path + ".other", "", Cancelled);
        File.Move(_fixture.Path + ".other", _fixture.Path + ending, overwrite: true);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        var append = store.AppendAsync(Append(room, 0), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);

        await store.DisposeAsync();

        Assert.Contains("was removed or replaced", (await Assert.ThrowsAsync<StoreException>(() => append)).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Append_DatabaseGoneOnADiskThatIsLookedAt_IsNotAcknowledged()
    {
        _fixture.Space = new DiskSpace(Total: 1_000_000_000, Free: 900_000_000);
        var store = await _fixture.OpenAsync();
        var room = await HoldAsync(store);
        File.Delete(_fixture.Path);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        var append = store.AppendAsync(Append(room, 0), Cancelled);
        await _fixture.Time.WhenArmedAsync(1, Cancelled);
        await store.DisposeAsync();

        Assert.Contains("was removed or replaced", (await Assert.ThrowsAsync<StoreException>(() => append)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _fixture.Log.Count(2005));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_LinkToTheDatabase_IsGuardedBesideTheDatabase()
    {
        var target = Path.Combine(_fixture.Folder, "disk", "real.db");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.CreateSymbolicLink(_fixture.Path, target);

        await using var store = await _fixture.OpenAsync();

        Assert.True(File.Exists(target + ".lock"));
        Assert.False(File.Exists(_fixture.Path + ".lock"));
        Assert.Contains("in use by another", await _fixture.FailToOpenAsync(target), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_LinkToItself_SaysSo()
    {
        File.CreateSymbolicLink(_fixture.Path, _fixture.Path);

        Assert.Contains("link that cannot be followed", await _fixture.FailToOpenAsync(), StringComparison.Ordinal);
    }
}
