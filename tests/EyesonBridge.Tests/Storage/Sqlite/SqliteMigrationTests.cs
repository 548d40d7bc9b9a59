using System.Globalization;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>A file that an earlier version wrote is brought up to date with all that is in it.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task Open_FileOfVersionOne_HasAllItsDataAndTakesMore()
    {
        using (var connection = _fixture.Connect())
        {
            var database = connection.Handle!;
            SqliteSchema.Upgrade(database, [.. SqliteSchema.Migrations.Take(1)]);
            SqliteStatement.Execute(database, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {SqliteSchema.ApplicationId}"));
            SqliteStatement.Execute(database, """
                INSERT INTO rooms (room_id, account, wanted_by, wait_until, status, status_since, heard_at, sequence, meeting_id, owner, lease_until, epoch, state)
                VALUES ('running', 'default', '["command"]', NULL, 'observing', 1000, 2000, 2, 'running@x', 'former', 3000, 4, x'7B7D'),
                       ('over', 'default', '[]', NULL, 'ended', 1000, 2000, 7, NULL, NULL, NULL, 1, NULL);
                INSERT INTO outbox (room_id, sequence, event_id, type, trace_parent, created_at, payload)
                VALUES ('running', 1, '0199aa00-0000-7000-8000-000000000001', 'RoomLocked', NULL, 1000, x'7B7D'),
                       ('running', 2, '0199aa00-0000-7000-8000-000000000002', 'RoomUnlocked', NULL, 1000, x'7B7D');
                """);
            Assert.Equal(1, SqliteSchema.ReadVersion(database));
        }

        await using var store = await _fixture.OpenAsync();

        Assert.Equal(1, _fixture.Log.Count(2001));
        var rooms = await store.ListRoomsAsync(SqliteFixture.Cancelled);
        Assert.Equal([("over", ObservationStatus.Ended, 7L), ("running", ObservationStatus.Observing, 2L)], rooms.Select(room => (room.RoomId, room.Status, room.Sequence)));
        Assert.Equal([1, 2], await SqliteFixture.SequencesAsync(store));
        var claimed = Assert.Single(await store.ClaimRoomsAsync("me", TimeSpan.FromMinutes(1), 10, SqliteFixture.Cancelled));
        Assert.Equal(("running", 5, DateTimeOffset.FromUnixTimeMilliseconds(2000)), (claimed.RoomId, claimed.Epoch, claimed.HeardAt));
        Assert.Equal((null, false), (claimed.Positions, claimed.IsFollowed));
        Assert.Equal("{}"u8.ToArray(), claimed.State.ToArray());
        await store.AppendAsync(SqliteFixture.Append(claimed, 2) with { Positions = "{}", IsFollowed = true }, SqliteFixture.Cancelled);
        Assert.Equal([1, 2, 3], await SqliteFixture.SequencesAsync(store));
        Assert.Matches("^[0-9a-f]{16}$", claimed.StreamId);
        Assert.Equal(0, _fixture.Log.Count(2008));
        var entries = await store.ReadOutboxAsync(0, int.MaxValue, long.MaxValue, SqliteFixture.Cancelled);
        Assert.All(entries.Take(2), entry => Assert.Null(entry.StreamId));
    }

    [Fact(Timeout = 60_000)]
    public async Task Open_FileOfVersionFour_KnowsWhatEachSourceWants()
    {
        using (var connection = _fixture.Connect())
        {
            var database = connection.Handle!;
            SqliteSchema.Upgrade(database, [.. SqliteSchema.Migrations.Take(4)]);
            SqliteStatement.Execute(database, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {SqliteSchema.ApplicationId}"));
            SqliteStatement.Execute(database, """
                INSERT INTO rooms (room_id, account, wanted_by, wait_until, status, status_since, sequence, epoch)
                VALUES ('a', 'default', '["command","permalink:p"]', 7200000, 'waiting', 1000, 0, 0),
                       ('broken', 'default', '["comm', NULL, 'observing', 1000, 5, 3),
                       ('over', 'default', '[]', NULL, 'ended', 1000, 7, 1);
                """);
        }

        await using var store = await _fixture.OpenAsync();

        await store.UnregisterRoomAsync("a", IntentSources.Command, SqliteFixture.Cancelled);
        var room = (await store.FindRoomAsync("a", SqliteFixture.Cancelled))!;
        Assert.Equal(["permalink:p"], room.WantedBy);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(7_200_000), room.WaitUntil);
        Assert.False((await store.FindRoomAsync("over", SqliteFixture.Cancelled))!.IsWanted);
    }

    [Fact]
    public void Upgrade_DiskFullInTheMiddle_LeavesAWholeSchemaAndGoesOnFromThere()
    {
        using var connection = _fixture.Connect();
        var database = connection.Handle!;
        SqliteSchema.Upgrade(database, [.. SqliteSchema.Migrations.Take(1)]);
        SqliteStatement.ReadInt64(database, "PRAGMA max_page_count = 1");

        var full = Assert.Throws<SqliteException>(() => SqliteSchema.Upgrade(database, SqliteSchema.Migrations));

        Assert.True(SqliteProblem.IsDiskFull(full));
        var version = SqliteSchema.ReadVersion(database);
        Assert.InRange(version, 1, SqliteSchema.Version - 1);
        Assert.Equal(0, SqliteStatement.ReadInt64(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'permalinks'"));

        SqliteStatement.ReadInt64(database, "PRAGMA max_page_count = 1000000");
        SqliteSchema.Upgrade(database, SqliteSchema.Migrations);
        Assert.Equal(SqliteSchema.Version, SqliteSchema.ReadVersion(database));
    }
}
