using EyesonBridge.Storage;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>Reading some rooms' entries among those of all.</summary>
public sealed class SqliteOutboxTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    private static CancellationToken Cancelled => SqliteFixture.Cancelled;

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task ReadOutboxOf_MuchOfOthersBefore_IsLookedThroughInPartsAndNotTakenUp()
    {
        const int OfOthers = 25_000;
        await using var store = await _fixture.OpenAsync();
        var other = await SqliteFixture.HoldAsync(store, "other");
        var one = SqliteFixture.Append(other, 0);
        await store.AppendAsync(one with { Events = [.. Enumerable.Repeat(one.Events[0], OfOthers)] }, Cancelled);
        await store.AppendAsync(SqliteFixture.Append(await SqliteFixture.HoldAsync(store, "wanted"), 0), Cancelled);
        var wanted = new Dictionary<string, SpilledRoom>(StringComparer.Ordinal) { ["wanted"] = new SpilledRoom(1, long.MaxValue) };

        var first = await store.ReadOutboxOfAsync(wanted, readTo: 0, 1_000, long.MaxValue, Cancelled);
        var second = await store.ReadOutboxOfAsync(wanted, first.ReadTo, 1_000, long.MaxValue, Cancelled);

        Assert.True(first is { Entries.Count: 0, IsLast: false });
        Assert.InRange(first.ReadTo, 1, OfOthers - 1);
        Assert.Equal("wanted", Assert.Single(second.Entries).RoomId);
        Assert.True(second.IsLast);
    }

    [Fact(Timeout = 60_000)]
    public async Task ReadOutbox_TextsLongAndShortAndOfMoreThanOneByte_AreThoseThatWereAppended()
    {
        await using var store = await _fixture.OpenAsync();
        foreach (var id in new[] { "a", "räume-№ 7", new string('ü', 64), new string('ü', 65), new string('x', 1_000), "a1" })
            await store.AppendAsync(SqliteFixture.Append(await SqliteFixture.HoldAsync(store, id), 0), Cancelled);

        var read = await store.ReadOutboxAsync(0, 10, long.MaxValue, Cancelled);

        Assert.Equal(["a", "räume-№ 7", new string('ü', 64), new string('ü', 65), new string('x', 1_000), "a1"], read.Select(static entry => entry.RoomId));
        Assert.All(read, static entry => Assert.Equal("Some", entry.Type));
    }
}
