using System.Globalization;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What is read of the store, on a connection of the pool.</summary>
internal sealed class PostgresReads(PostgresSession session)
{
    private const int CountSeconds = 60;

    /// <summary>Who publishes what.</summary>
    public OwnershipWrites Ownership => new(session);

    public HandoverWrites Handovers => new(session);

    /// <summary>Who does what one replica at a time does.</summary>
    public DutyWrites Duties => new(session);

    /// <summary>What was found of the keys of accounts.</summary>
    public KeyWrites Keys => new(session);

    /// <inheritdoc cref="IBridgeStore.ReadShareAsync"/>
    public async Task<ReplicaShare> ReadShareAsync(string owner) => (await session.ReadAsync(
        $"""
        SELECT (SELECT count(*) FROM replicas WHERE lease_until > clock_timestamp() AND NOT leaving),
            (SELECT count(*) FROM rooms WHERE owner IS NOT NULL),
            (SELECT count(*) FROM rooms WHERE owner IS NULL AND {RoomColumns.IsClaimable} AND set_aside IS NULL),
            (SELECT count(*) FROM rooms WHERE owner = $1),
            (SELECT count(*) FROM rooms WHERE owner IN (SELECT owner FROM replicas WHERE lease_until <= clock_timestamp())),
            (SELECT count(*) FROM handovers WHERE owner <> $1 AND handed_at IS NULL),
            coalesce((SELECT handshakes FROM replicas WHERE owner = $1 AND lease_until > clock_timestamp()), 0)::bigint,
            coalesce((SELECT sum(handshakes) FROM replicas WHERE lease_until > clock_timestamp()), 0)::bigint
        """,
        static row => new ReplicaShare(
            row.GetInt64(0), row.GetInt64(1) + row.GetInt64(2), row.GetInt64(3), row.GetInt64(2) + row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7)),
        owner)).Single();

    /// <inheritdoc cref="IReplicaGroup.ListAsync"/>
    public Task<List<LiveReplica>> ListReplicasAsync() => session.ReadAsync(
        """
        SELECT owner, (SELECT count(*) FROM rooms WHERE rooms.owner = replicas.owner) FROM replicas
        WHERE lease_until > clock_timestamp() ORDER BY owner
        """,
        static row => new LiveReplica(row.GetString(0), row.GetInt64(1)));

    /// <inheritdoc cref="IReplicaGroup.OldestOfAsync"/>
    public async Task<Dictionary<string, DateTimeOffset>> ReadOldestOfAsync(IReadOnlyCollection<string> roomIds) => (await session.ReadAsync(
        """
        SELECT wanted.room, entry.created_at FROM unnest($1::text[]) AS wanted (room)
        CROSS JOIN LATERAL (SELECT created_at FROM outbox WHERE room_id = wanted.room ORDER BY id LIMIT 1) AS entry
        """,
        static row => (RoomId: row.GetString(0), At: row.Time(1)),
        (object)roomIds.ToArray())).ToDictionary(static room => room.RoomId, static room => room.At, StringComparer.Ordinal);

    /// <summary>Says something to all who listen; nothing is kept of it.</summary>
    public Task<bool> SayAsync(string channel, string text) => session.ExistsAsync("SELECT pg_notify($1, $2)", channel, text);

    /// <inheritdoc cref="IBridgeStore.ListRoomsAsync"/>
    public Task<List<RoomSummary>> ListRoomsAsync(RoomQuery query)
    {
        var names = query.Statuses.Distinct().Select(EnumNames<ObservationStatus>.Of).ToArray();
        return names.Length == 0
            ? session.ReadAsync(
                $"SELECT {RoomColumns.Listed} FROM rooms r WHERE room_id > $1 ORDER BY room_id LIMIT $2", RoomColumns.ReadSummary, query.After, query.Limit)
            : session.ReadAsync(
                $"SELECT {RoomColumns.Listed} FROM rooms r WHERE room_id > $1 AND status = ANY($3) ORDER BY room_id LIMIT $2",
                RoomColumns.ReadSummary,
                query.After,
                query.Limit,
                names);
    }

    /// <inheritdoc cref="IBridgeStore.CountRoomsAsync"/>
    public Task<long> CountRoomsAsync() => session.NumberAsync("SELECT count(*) FROM rooms");

    /// <inheritdoc cref="IBridgeStore.PageRoomsAsync"/>
    public async Task<RoomPage> PageRoomsAsync(RoomFilter filter, int skip, int take)
    {
        var counts = new Dictionary<ObservationStatus, int>();
        var found = 0;
        var shown = new List<string>();
        var keys = await session.ReadAsync(
            "SELECT room_id, status, account, room_id > $1 FROM rooms ORDER BY room_id",
            static row => (Id: row.GetString(0), Status: RoomColumns.Status(row.GetString(1)), Account: row.GetString(2), IsBehind: row.GetBoolean(3)),
            filter.After);
        foreach (var room in keys)
        {
            counts[room.Status] = counts.GetValueOrDefault(room.Status) + 1;
            if (!filter.IsFor(room.Id, room.Account, room.Status))
                continue;

            found++;
            if (!room.IsBehind)
                continue;

            if (skip > 0)
                skip--;
            else if (shown.Count < take)
                shown.Add(room.Id);
        }

        var rooms = await session.ReadAsync(
            $"SELECT {RoomColumns.Listed} FROM rooms r WHERE room_id = ANY($1) ORDER BY room_id", RoomColumns.ReadSummary, (object)shown.ToArray());
        return new RoomPage(counts, found, rooms);
    }

    /// <inheritdoc cref="IBridgeStore.ListEndedRoomsAsync"/>
    public async Task<EndedRoomPage> ListEndedRoomsAsync(DateTimeOffset endedUntil, EndedRoom? after, int limit)
    {
        var rooms = await session.ReadAsync(
            $"""
            SELECT room_id, status_since, sequence, EXISTS (SELECT FROM outbox WHERE outbox.room_id = rooms.room_id) FROM rooms
            WHERE {RoomColumns.IsToRetire} AND status_since <= $1 AND (status_since, room_id) > ($2, $3)
            ORDER BY status_since, room_id LIMIT $4
            """,
            static row => (Room: new EndedRoom(row.GetString(0), row.Time(1), row.GetInt64(2)), HasEvents: row.GetBoolean(3)),
            endedUntil,
            after?.Since ?? DateTimeOffset.MinValue,
            after?.RoomId ?? "",
            limit);
        return rooms.Count == 0
            ? new EndedRoomPage([], Last: null)
            : new EndedRoomPage([.. rooms.Where(static row => !row.HasEvents).Select(static row => row.Room)], rooms[^1].Room);
    }

    /// <summary>The rooms that <paramref name="owner"/> holds.</summary>
    public Task<List<HeldRoom>> ListHeldRoomsAsync(string owner) =>
        session.ReadAsync($"SELECT {RoomColumns.Held} FROM rooms r WHERE owner = $1", RoomColumns.ReadHeld, owner);

    /// <inheritdoc cref="IBridgeStore.ListChangedIntentAsync"/>
    public Task<List<HeldRoom>> ListChangedIntentAsync(string owner, long since) =>
        session.ReadAsync($"SELECT {RoomColumns.Held} FROM rooms r WHERE owner = $1 AND intent > $2", RoomColumns.ReadHeld, owner, since);

    /// <inheritdoc cref="IBridgeStore.FindRoomAsync"/>
    public Task<RoomRow?> FindRoomAsync(string roomId) =>
        session.FindAsync($"SELECT {RoomColumns.All} FROM rooms r WHERE room_id = $1", RoomColumns.Read, roomId);

    /// <inheritdoc cref="IBridgeStore.ListUnwantedRoomsAsync"/>
    public Task<List<string>> ListUnwantedRoomsAsync(string owner) =>
        session.ReadAsync($"SELECT room_id FROM rooms WHERE owner = $1 AND wanted_by = '{{}}' AND {RoomColumns.IsActive}", static row => row.GetString(0), owner);

    /// <inheritdoc cref="IBridgeStore.ReadInboxAsync"/>
    public Task<List<InboxEntry>> ReadInboxAsync(string roomId) => session.ReadAsync(
        "SELECT id, room_id, account, kind, body, received_at FROM inbox WHERE room_id = $1 ORDER BY id LIMIT 100",
        static row => new InboxEntry(
            row.GetInt64(0), row.GetString(1), row.GetString(2), EnumNames<InboxKind>.Find(row.GetString(3)) ?? (InboxKind)(-1), row.Bytes(4), row.Time(5)),
        roomId);

    /// <inheritdoc cref="IBridgeStore.ListInboxRoomsAsync"/>
    public Task<List<string>> ListInboxRoomsAsync(string owner) => session.ReadAsync(
        "SELECT DISTINCT room_id FROM inbox WHERE EXISTS (SELECT FROM rooms WHERE rooms.room_id = inbox.room_id AND owner = $1)",
        static row => row.GetString(0),
        owner);

    /// <inheritdoc cref="IBridgeStore.FindPermalinkAsync"/>
    public Task<PermalinkRow?> FindPermalinkAsync(string token) =>
        session.FindAsync($"SELECT {PermalinkColumns.All} FROM permalinks WHERE token = $1", PermalinkColumns.Read, token);

    /// <inheritdoc cref="IBridgeStore.ListWaitingPermalinksAsync"/>
    public Task<List<PermalinkRow>> ListWaitingPermalinksAsync() =>
        session.ReadAsync($"SELECT {PermalinkColumns.All} FROM permalinks WHERE status = 'waiting'", PermalinkColumns.Read);

    /// <inheritdoc cref="IBridgeStore.ListPermalinksAsync"/>
    public Task<List<PermalinkEntry>> ListPermalinksAsync(long after, int limit) => session.ReadAsync(
        $"SELECT {PermalinkColumns.All}, position FROM permalinks WHERE position > $1 ORDER BY position LIMIT $2",
        static row => new PermalinkEntry(row.GetInt64(PermalinkColumns.Count), PermalinkColumns.Read(row)),
        after,
        limit);

    /// <inheritdoc cref="IBridgeStore.ReadOutboxAsync"/>
    public async Task<List<OutboxEntry>> ReadOutboxAsync(long afterId, int maxCount, long maxBytes)
    {
        // Payloads are read up to the limit only: the sizes before an entry are summed up without reading any.
        var count = Math.Min(maxCount, 1_000_000);
        return await session.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"""
                SELECT {OutboxColumns.All} FROM (
                    SELECT *, sum(octet_length(payload)) OVER (ORDER BY id) - octet_length(payload) AS before
                    FROM (SELECT {OutboxColumns.All} FROM outbox WHERE id > $1 ORDER BY id LIMIT $2) AS page) AS sized
                WHERE before < $3 ORDER BY id
                """),
            OutboxColumns.Read,
            afterId,
            count,
            maxBytes);
    }

    /// <summary>The same for some rooms, of each at most 64 entries.</summary>
    public Task<List<OutboxEntry>> ReadOutboxOfAsync(Dictionary<string, SpilledRoom> rooms, int maxCount, long maxBytes) => session.ReadAsync(
        $"""
        SELECT {OutboxColumns.All} FROM (
            SELECT *, sum(octet_length(payload)) OVER (ORDER BY room_id, id) - octet_length(payload) AS before
            FROM (
                SELECT entry.* FROM unnest($1::text[], $2::bigint[]) AS wanted (room, first)
                CROSS JOIN LATERAL (SELECT {OutboxColumns.All} FROM outbox WHERE room_id = wanted.room AND id >= wanted.first ORDER BY id LIMIT 64) AS entry
                LIMIT $3) AS page) AS sized
        WHERE before < $4 ORDER BY room_id, id
        """,
        OutboxColumns.Read,
        rooms.Keys.ToArray(),
        rooms.Values.Select(static room => room.From).ToArray(),
        Math.Min(maxCount, 1_000_000),
        maxBytes);

    /// <inheritdoc cref="IBridgeStore.ReadRepairsAsync"/>
    public async Task<OutboxRepairs> ReadRepairsAsync(IReadOnlyList<long> entries)
    {
        var there = await session.ReadAsync("SELECT id FROM outbox WHERE id = ANY($1)", static row => row.GetInt64(0), (object)entries.ToArray());
        return new OutboxRepairs([.. entries.Except(there)], await session.ExistsAsync("SELECT FROM skipped WHERE replay LIMIT 1"));
    }

    /// <summary>Counts the outbox. Payloads are measured without being read; a large one that is not in memory takes a while all the same.</summary>
    public async Task<OutboxDepth> CountOutboxAsync(CancellationToken cancellationToken) => (await session.ReadPatientlyAsync(
        "SELECT count(*), coalesce(sum(octet_length(payload)), 0)::bigint FROM outbox",
        static row => new OutboxDepth(row.GetInt64(0), row.GetInt64(1)),
        CountSeconds,
        cancellationToken)).Single();
}
