using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>Numbers that are used a second time, for other events, are told apart by the stream.</summary>
public sealed class SqliteStreamTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    private static CancellationToken Cancelled => SqliteFixture.Cancelled;

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Open_SameStoreAgain_KeepsItsStream()
    {
        var first = await AppendAsync("a");
        var again = await AppendAsync("b");

        Assert.Matches("^[0-9a-f]{16}$", first[0]);
        Assert.Equal([first[0], first[0]], again);
        Assert.Equal(0, _fixture.Log.Count(2008));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_StoreThatIsLost_BeginsAnotherStream()
    {
        var lost = await AppendAsync("a");
        File.Delete(_fixture.Path);

        Assert.NotEqual(lost[0], Assert.Single(await AppendAsync("a")));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_BackupRestoredWithoutItsLock_BeginsAnotherStreamAndKeepsThatOfWhatWaits()
    {
        var before = await AppendAsync("a");
        File.Copy(_fixture.Path, _fixture.Path + ".backup");
        await AppendAsync("b");
        File.Move(_fixture.Path + ".backup", _fixture.Path, overwrite: true);
        File.Delete(_fixture.Path + ".lock");

        var after = await AppendAsync("b");

        Assert.Equal(2, after.Count);
        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[0], after[1]);
        Assert.Equal(1, _fixture.Log.Count(2008));
        Assert.Equal([after[0], after[1], after[1]], await AppendAsync("c")); // and stays there
        Assert.Equal(1, _fixture.Log.Count(2008));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_BackupInPlaceOfTheStoreThatFollowedIt_BeginsAnotherStream()
    {
        var before = await AppendAsync("a");
        File.Move(_fixture.Path, _fixture.Path + ".backup");
        var followed = await AppendAsync("a");
        File.Move(_fixture.Path + ".backup", _fixture.Path, overwrite: true);

        var after = await AppendAsync("b");

        Assert.Equal(before[0], after[0]);
        Assert.NotEqual(before[0], after[1]);
        Assert.NotEqual(followed[0], after[1]);
    }

    /// <summary>Opens the store, appends an event, and closes it.</summary>
    /// <returns>The streams of all that waits in the outbox.</returns>
    private async Task<IReadOnlyList<string?>> AppendAsync(string room)
    {
        await using var store = await _fixture.OpenAsync();
        var held = await SqliteFixture.HoldAsync(store, room);
        Assert.Equal(AppendOutcome.Committed, await store.AppendAsync(SqliteFixture.Append(held, held.Sequence) with { StreamId = held.StreamId }, Cancelled));
        return [.. (await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, Cancelled)).Select(entry => entry.StreamId)];
    }
}
