using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>What is read beside the writer.</summary>
internal sealed class SqliteReads(SqliteConnection connection)
{
    private readonly sqlite3 _database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));

    /// <summary>Counts the outbox. Payloads are measured without being read.</summary>
    public static OutboxDepth OutboxDepth(sqlite3 database)
    {
        using var statement = new SqliteStatement(database, "SELECT count(*), COALESCE(sum(length(payload)), 0) FROM outbox");
        statement.Step();
        return new OutboxDepth(statement.Int64(0), statement.Int64(1));
    }

    /// <inheritdoc cref="IBridgeStore.ListRoomsAsync"/>
    public List<RoomRow> ListRooms()
    {
        using var statement = new SqliteStatement(_database, $"SELECT {RoomColumns.All} FROM rooms ORDER BY room_id");
        return ReadAll(statement, RoomColumns.Read);
    }

    /// <inheritdoc cref="IBridgeStore.FindRoomAsync"/>
    public RoomRow? FindRoom(string roomId)
    {
        using var statement = new SqliteStatement(_database, $"SELECT {RoomColumns.All} FROM rooms WHERE room_id = ?1");
        return statement.Bind(1, roomId).Step() ? RoomColumns.Read(statement) : null;
    }

    /// <inheritdoc cref="IBridgeStore.ListUnwantedRoomsAsync"/>
    public List<string> ListUnwantedRooms(string owner)
    {
        using var statement = new SqliteStatement(
            _database,
            $"SELECT room_id FROM rooms WHERE owner = ?1 AND wanted_by = '{RoomColumns.Unwanted}' AND {RoomColumns.IsActive}");
        statement.Bind(1, owner);
        return ReadAll(statement, static row => row.Text(0));
    }

    /// <inheritdoc cref="IBridgeStore.ReadInboxAsync"/>
    public List<InboxEntry> ReadInbox(string roomId)
    {
        using var statement = new SqliteStatement(
            _database, "SELECT id, room_id, account, kind, body, received_at FROM inbox WHERE room_id = ?1 ORDER BY id LIMIT 100");
        statement.Bind(1, roomId);
        return ReadAll(statement, InboxColumns.Read);
    }

    /// <inheritdoc cref="IBridgeStore.ListInboxRoomsAsync"/>
    public List<string> ListInboxRooms(string owner)
    {
        using var statement = new SqliteStatement(
            _database, "SELECT room_id FROM rooms WHERE owner = ?1 AND room_id IN (SELECT room_id FROM inbox)");
        statement.Bind(1, owner);
        return ReadAll(statement, static row => row.Text(0));
    }

    /// <inheritdoc cref="IBridgeStore.FindPermalinkAsync"/>
    public PermalinkRow? FindPermalink(string token)
    {
        using var statement = new SqliteStatement(_database, $"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = ?1");
        return statement.Bind(1, token).Step() ? PermalinkColumns.Read(statement) : null;
    }

    /// <inheritdoc cref="IBridgeStore.ListWaitingPermalinksAsync"/>
    public List<PermalinkRow> ListWaitingPermalinks()
    {
        using var statement = new SqliteStatement(
            _database, $"SELECT {PermalinkColumns.All} FROM permalinks WHERE status = 'waiting'");
        return ReadAll(statement, PermalinkColumns.Read);
    }

    /// <inheritdoc cref="IBridgeStore.ReadOutboxAsync"/>
    public List<OutboxEntry> ReadOutbox(long afterId, int maxCount, long maxBytes)
    {
        using var statement = new SqliteStatement(_database, """
            SELECT id, room_id, sequence, event_id, type, payload, trace_parent, created_at
            FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2
            """);
        statement.Bind(1, afterId).Bind(2, maxCount);
        var entries = new List<OutboxEntry>();
        for (var bytes = 0L; bytes < maxBytes && statement.Step();)
        {
            var payload = statement.Bytes(5);
            bytes += payload.Length;
            entries.Add(new OutboxEntry(
                statement.Int64(0),
                statement.Text(1),
                statement.Int64(2),
                Guid.Parse(statement.Text(3)),
                statement.Text(4),
                payload,
                statement.TextOrNull(6),
                statement.Time(7)));
        }

        return entries;
    }

    private static List<T> ReadAll<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        var rows = new List<T>();
        while (statement.Step())
            rows.Add(read(statement));
        return rows;
    }
}
