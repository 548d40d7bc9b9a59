using System.Globalization;
using EyesonBridge.Storage;
using EyesonBridge.Testing;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Observation;
using EyesonBridge.Tests.Storage.Sqlite;
using Microsoft.Extensions.Options;
using static EyesonBridge.Tests.Storage.Sqlite.SqliteFixture;

namespace EyesonBridge.Tests.Storage;

/// <summary>Rooms that are over for long are removed, and nobody waits for that.</summary>
public sealed class RoomRetentionTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();
    private readonly LogRecorder<RoomRetention> _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _fixture.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Rounds_RoomsThatAreOverForLong_AreRemovedInSmallPages()
    {
        var store = new FaultyStore(await _fixture.OpenAsync());
        await using var _ = store;
        var now = _fixture.Time.GetUtcNow();
        Fill("old", 250, now.AddDays(-30));
        Fill("recent", 3, now.AddDays(-29));
        using var retention = new RoomRetention(store, Options.Create(new StoreOptions()), _fixture.Time, _log);
        await retention.StartAsync(Cancelled);

        await _fixture.Time.AdvanceUntilAsync(() => _log.Count(2020) > 0, TimeSpan.FromSeconds(1));

        Assert.Equal([100, 100, 50], store.Retirements);
        Assert.Equal(3, await store.CountRoomsAsync(Cancelled));
        Assert.StartsWith("Removed 250 rooms", Assert.Single(_log.Entries(2020)).Text, StringComparison.Ordinal);

        await _fixture.Time.AdvanceUntilAsync(async () => await store.CountRoomsAsync(Cancelled) == 0, TimeSpan.FromHours(1));
        await retention.StopAsync(Cancelled);
        Assert.Equal([100, 100, 50, 3], store.Retirements);
    }

    [Fact(Timeout = 60_000)]
    public async Task Rounds_OneThatFails_IsMadeAgain()
    {
        await using var store = await _fixture.OpenAsync();
        Fill("old", 3, _fixture.Time.GetUtcNow().AddDays(-31));
        _fixture.Execute("ALTER TABLE rooms RENAME COLUMN sequence TO gone");
        using var retention = new RoomRetention(store, Options.Create(new StoreOptions()), _fixture.Time, _log);
        await retention.StartAsync(Cancelled);
        await _fixture.Time.AdvanceUntilAsync(() => _log.Count(2021) > 0, TimeSpan.FromSeconds(1));

        _fixture.Execute("ALTER TABLE rooms RENAME COLUMN gone TO sequence");
        await _fixture.Time.AdvanceUntilAsync(() => _log.Count(2020) > 0, TimeSpan.FromMinutes(10));

        await retention.StopAsync(Cancelled);
        Assert.Equal(0, await store.CountRoomsAsync(Cancelled));
    }

    private void Fill(string name, int count, DateTimeOffset endedAt) => _fixture.Execute(string.Create(CultureInfo.InvariantCulture, $"""
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < {count})
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch)
        SELECT '{name}-' || n, 'default', '[]', 'ended', {endedAt.ToUnixTimeMilliseconds()}, n, 1 FROM number
        """));
}
