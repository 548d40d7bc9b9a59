using EyesonBridge.Contracts.V1;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>A connection that reads beside the writer, with its statements. Used by one at a time.</summary>
internal sealed class SqliteReads(SqliteConnection connection) : IDisposable
{
    private const string OutboxAfter = $"SELECT {OutboxColumns.All} FROM outbox WHERE id > ?1 ORDER BY id LIMIT ?2";
    private const int MostLookedAt = 20_000; // in one go: as long as a statement reads, the log cannot be reused

    private readonly sqlite3 _database = connection.Handle ?? throw new ArgumentException("The connection is not open.", nameof(connection));
    private readonly Dictionary<string, SqliteStatement> _prepared = new(StringComparer.Ordinal);
    private readonly KnownTexts _texts = new();

    /// <summary>Counts the outbox. Payloads are measured without being read.</summary>
    public static OutboxDepth OutboxDepth(sqlite3 database)
    {
        using var statement = new SqliteStatement(database, "SELECT count(*), COALESCE(sum(length(payload)), 0) FROM outbox");
        statement.Step();
        return new OutboxDepth(statement.Int64(0), statement.Int64(1));
    }

    /// <inheritdoc cref="IBridgeStore.ListRoomsAsync"/>
    public List<RoomSummary> ListRooms(RoomQuery query)
    {
        var statement = Prepared($"{RoomListSql.For(query.Statuses)} ORDER BY room_id LIMIT ?2");
        return ReadAll(statement.Bind(1, query.After).Bind(2, query.Limit), RoomColumns.ReadSummary);
    }

    /// <inheritdoc cref="IBridgeStore.CountRoomsAsync"/>
    public long CountRooms()
    {
        var statement = Prepared("SELECT count(*) FROM rooms");
        return ReadAll(statement, static row => row.Int64(0)).Single();
    }

    /// <inheritdoc cref="IBridgeStore.PageRoomsAsync"/>
    public RoomPage PageRooms(RoomFilter filter, int skip, int take)
    {
        // Rooms that are over are the most by far, and their index has all that is needed here.
        var keys = Prepared($"""
            SELECT room_id, status, account, room_id > ?1 FROM rooms INDEXED BY rooms_over WHERE {RoomColumns.IsOver}
            UNION ALL
            SELECT room_id, status, account, room_id > ?1 FROM rooms INDEXED BY rooms_owned WHERE owner IS NOT NULL AND {RoomColumns.IsActive}
            UNION ALL
            SELECT room_id, status, account, room_id > ?1 FROM rooms INDEXED BY rooms_claimable
            WHERE owner IS NULL AND {RoomColumns.IsClaimable} AND {RoomColumns.IsActive}
            ORDER BY room_id
            """).Bind(1, filter.After);
        var counts = new Dictionary<ObservationStatus, int>();
        var found = 0;
        var shown = new List<string>();
        try
        {
            while (keys.Step())
            {
                var (roomId, status) = (keys.Text(0), RoomColumns.Status(keys.Text(1)));
                counts[status] = counts.GetValueOrDefault(status) + 1;
                if (!filter.IsFor(roomId, keys.Text(2), status))
                    continue;

                found++;
                if (keys.Int64(3) == 0)
                    continue;

                if (skip > 0)
                    skip--;
                else if (shown.Count < take)
                    shown.Add(roomId);
            }
        }
        finally
        {
            keys.Reset();
        }

        return new RoomPage(counts, found, [.. shown.SelectMany(FindSummary)]);
    }

    /// <inheritdoc cref="IBridgeStore.ListEndedRoomsAsync"/>
    public EndedRoomPage ListEndedRooms(DateTimeOffset endedUntil, EndedRoom? after, int limit)
    {
        var ended = Prepared($"""
            SELECT room_id, status_since, sequence FROM rooms INDEXED BY rooms_to_retire
            WHERE {RoomColumns.IsToRetire} AND status_since <= ?1 AND (status_since, room_id) > (?2, ?3)
            ORDER BY status_since, room_id LIMIT ?4
            """);
        ended.Bind(1, endedUntil).Bind(2, after?.Since ?? DateTimeOffset.MinValue).Bind(3, after?.RoomId ?? "").Bind(4, limit);
        var rooms = ReadAll(ended, static row => new EndedRoom(row.Text(0), row.Time(1), row.Int64(2)));
        if (rooms.Count == 0)
            return new EndedRoomPage([], Last: null);

        // The outbox has no index by room: it would cost each event. Looked through after the rooms, it has everything
        // up to their sequences.
        var waiting = ReadAll(Prepared("SELECT DISTINCT room_id FROM outbox"), static row => row.Text(0)).ToHashSet(StringComparer.Ordinal);
        return new EndedRoomPage([.. rooms.Where(room => !waiting.Contains(room.RoomId))], rooms[^1]);
    }

    /// <summary>The rooms that <paramref name="owner"/> holds.</summary>
    public List<HeldRoom> ListHeldRooms(string owner)
    {
        var statement = Prepared($"SELECT {RoomColumns.Held} FROM rooms WHERE owner = ?1");
        statement.Bind(1, owner);
        return ReadAll(statement, RoomColumns.ReadHeld);
    }

    /// <inheritdoc cref="IBridgeStore.ListChangedIntentAsync"/>
    public List<HeldRoom> ListChangedIntent(string owner, long since)
    {
        var statement = Prepared($"SELECT {RoomColumns.Held} FROM rooms INDEXED BY rooms_intent WHERE owner = ?1 AND intent > ?2");
        return ReadAll(statement.Bind(1, owner).Bind(2, since), RoomColumns.ReadHeld);
    }

    /// <inheritdoc cref="IBridgeStore.FindRoomAsync"/>
    public RoomRow? FindRoom(string roomId)
    {
        var statement = Prepared($"SELECT {RoomColumns.All} FROM rooms WHERE room_id = ?1");
        return ReadAll(statement.Bind(1, roomId), RoomColumns.Read).SingleOrDefault();
    }

    /// <inheritdoc cref="IBridgeStore.ListUnwantedRoomsAsync"/>
    public List<string> ListUnwantedRooms(string owner)
    {
        var statement = Prepared(
            $"SELECT room_id FROM rooms WHERE owner = ?1 AND wanted_by = '{RoomColumns.Unwanted}' AND {RoomColumns.IsActive}");
        statement.Bind(1, owner);
        return ReadAll(statement, static row => row.Text(0));
    }

    /// <inheritdoc cref="IBridgeStore.ReadInboxAsync"/>
    public List<InboxEntry> ReadInbox(string roomId)
    {
        var statement = Prepared(
            "SELECT id, room_id, account, kind, body, received_at FROM inbox WHERE room_id = ?1 ORDER BY id LIMIT 100");
        statement.Bind(1, roomId);
        return ReadAll(statement, InboxColumns.Read);
    }

    /// <inheritdoc cref="IBridgeStore.ListInboxRoomsAsync"/>
    public List<string> ListInboxRooms(string owner)
    {
        var statement = Prepared(
            "SELECT DISTINCT room_id FROM inbox WHERE EXISTS (SELECT 1 FROM rooms WHERE rooms.room_id = inbox.room_id AND owner = ?1)");
        statement.Bind(1, owner);
        return ReadAll(statement, static row => row.Text(0));
    }

    /// <inheritdoc cref="IBridgeStore.FindPermalinkAsync"/>
    public PermalinkRow? FindPermalink(string token)
    {
        var statement = Prepared($"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = ?1");
        return ReadAll(statement.Bind(1, token), PermalinkColumns.Read).SingleOrDefault();
    }

    /// <inheritdoc cref="IBridgeStore.ListWaitingPermalinksAsync"/>
    public List<PermalinkRow> ListWaitingPermalinks()
    {
        var statement = Prepared(
            $"SELECT {PermalinkColumns.All} FROM permalinks WHERE status = 'waiting'");
        return ReadAll(statement, PermalinkColumns.Read);
    }

    /// <inheritdoc cref="IBridgeStore.ListPermalinksAsync"/>
    public List<PermalinkEntry> ListPermalinks(long after, int limit)
    {
        var statement = Prepared($"SELECT {PermalinkColumns.All}, rowid FROM permalinks WHERE rowid > ?1 ORDER BY rowid LIMIT ?2");
        return ReadAll(
            statement.Bind(1, after).Bind(2, limit),
            static row => new PermalinkEntry(row.Int64(PermalinkColumns.Count), PermalinkColumns.Read(row)));
    }

    /// <inheritdoc cref="IBridgeStore.ReadOutboxAsync"/>
    public List<OutboxEntry> ReadOutbox(long afterId, int maxCount, long maxBytes)
    {
        var statement = Prepared(OutboxAfter);
        try
        {
            statement.Bind(1, afterId).Bind(2, maxCount);
            var entries = new List<OutboxEntry>();
            for (var bytes = 0L; bytes < maxBytes && statement.Step();)
            {
                entries.Add(OutboxColumns.Read(statement, _texts));
                bytes += entries[^1].Payload.Length;
            }

            return entries;
        }
        finally
        {
            statement.Reset(); // a statement that stands on a row keeps the log from being reused
        }
    }

    /// <inheritdoc cref="IBridgeStore.ReadOutboxOfAsync"/>
    /// <remarks>There is no index by room, as it would cost each event: this looks through what is behind the first, and takes up only what is asked for.</remarks>
    public OutboxPage ReadOutboxOf(Dictionary<string, SpilledRoom> rooms, long readTo, int maxCount, long maxBytes)
    {
        if (rooms.Count == 0)
            return new OutboxPage([], readTo, IsLast: true);

        var statement = Prepared(OutboxAfter);
        try
        {
            readTo = Math.Max(readTo, rooms.Values.Min(static room => room.From) - 1);
            statement.Bind(1, readTo).Bind(2, MostLookedAt);
            var entries = new List<OutboxEntry>();
            var lookedAt = 0;
            for (var bytes = 0L; entries.Count < maxCount && bytes < maxBytes; lookedAt++)
            {
                if (!statement.Step())
                    return new OutboxPage(entries, readTo, IsLast: lookedAt < MostLookedAt);

                readTo = statement.Int64(0);
                if (!rooms.TryGetValue(_texts.Of(statement.Utf8(1)), out var room) || readTo < room.From)
                    continue;

                entries.Add(OutboxColumns.Read(statement, _texts));
                bytes += entries[^1].Payload.Length;
            }

            return new OutboxPage(entries, readTo, IsLast: false);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <inheritdoc cref="IBridgeStore.ReadRepairsAsync"/>
    public OutboxRepairs ReadRepairs(IReadOnlyList<long> entries)
    {
        var find = Prepared("SELECT 1 FROM outbox WHERE id = ?1");
        var gone = entries.Where(id => ReadAll(find.Bind(1, id), static row => row.Int64(0)).Count == 0).ToList();
        return new OutboxRepairs(gone, ReadAll(Prepared("SELECT 1 FROM skipped WHERE replay = 1 LIMIT 1"), static row => row.Int64(0)).Count > 0);
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private List<RoomSummary> FindSummary(string roomId) =>
        ReadAll(Prepared($"SELECT {RoomColumns.Summary} FROM rooms WHERE room_id = ?1").Bind(1, roomId), RoomColumns.ReadSummary);

    private static List<T> ReadAll<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
                rows.Add(read(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    private SqliteStatement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
            _prepared.Add(sql, statement = new SqliteStatement(_database, sql));
        return statement;
    }
}
