namespace EyesonBridge.Storage.Postgres;

/// <summary>Who publishes which rooms, where that is not who observes them.</summary>
internal sealed class OwnershipWrites(PostgresSession session)
{
    /// <summary>The rooms that a replica, $1, observes or publishes, each with whether it publishes it.</summary>
    public const string ListHeld = $"""
        SELECT room_id, publisher IS NOT DISTINCT FROM $1 FROM rooms WHERE owner = $1
        UNION ALL SELECT room_id, true FROM rooms WHERE publisher = $1 AND {IsAsideOfOwner}
        """;

    private const int AtOnce = 500;

    private const string IsAsideOfOwner = "publisher IS DISTINCT FROM owner"; // the words of their index

    /// <summary>True of rooms that the replica $1 owns, or that nobody will own.</summary>
    private const string IsFor = $"(owner = $1 OR (owner IS NULL AND (NOT {RoomColumns.IsClaimable} OR set_aside IS NOT NULL)))";

    /// <summary>The rooms that a replica publishes and does not observe.</summary>
    public Task<List<AsideRoom>> ListAsideAsync(string owner) => session.ReadAsync(
        $"SELECT room_id, owner IS NOT NULL FROM rooms WHERE publisher = $1 AND {IsAsideOfOwner} LIMIT {AtOnce}",
        static row => new AsideRoom(row.GetString(0), row.GetBoolean(1)),
        owner);

    /// <summary>
    /// Leaves rooms to whoever observes them, of which this replica has nothing to publish any more. Of rooms that nobody
    /// observes, nothing may be left in the outbox either: what is, it tells.
    /// </summary>
    public async Task<List<LeftRoom>> LeaveAsync(string owner, IReadOnlyList<string> roomIds)
    {
        // Locked first: what is read next of the outbox is then all that was committed, also by whoever has just ended a room.
        var ids = roomIds.ToArray();
        await session.RunAsync("SELECT FROM rooms WHERE room_id = ANY($1) ORDER BY room_id FOR UPDATE", (object)ids);
        var left = await session.ReadAsync(
            $"""
            UPDATE rooms SET publisher = NULL
            WHERE room_id = ANY($2) AND publisher = $1 AND {IsAsideOfOwner}
                AND (owner IS NOT NULL OR NOT EXISTS (SELECT FROM outbox WHERE outbox.room_id = rooms.room_id))
            RETURNING room_id
            """,
            static row => row.GetString(0),
            owner,
            ids);
        return await ReadLeftAsync([.. roomIds.Except(left, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The rooms that nobody publishes and this replica can: its own, once the one before has finished or is gone; and those
    /// that are over, of which one that is gone left something.
    /// </summary>
    public Task<List<string>> ListAbandonedAsync(string owner) => session.ReadAsync(
        $"""
        (SELECT room_id FROM rooms WHERE publisher IS NULL AND owner = $1 AND {IsAsideOfOwner} LIMIT {AtOnce})
        UNION ALL
        (SELECT room_id FROM rooms
        WHERE publisher IN (SELECT owner FROM replicas WHERE lease_until <= clock_timestamp()) AND {IsAsideOfOwner} AND {IsFor}
        LIMIT {AtOnce})
        """,
        static row => row.GetString(0),
        owner);

    /// <summary>Takes over the publishing of rooms, as far as that is still possible.</summary>
    public async Task<IReadOnlyList<LeftRoom>> AdoptAsync(string owner, IReadOnlyList<string> roomIds)
    {
        var gone = await GoneReplicas.HoldAsync(session);
        var adopted = await session.ReadAsync(
            $"""
            UPDATE rooms SET publisher = $1
            WHERE room_id IN (
                SELECT room_id FROM rooms
                WHERE room_id = ANY($2) AND {IsAsideOfOwner} AND {IsFor}
                    AND (publisher IS NULL OR NOT {GoneReplicas.MayLive("publisher", "$3")})
                FOR UPDATE SKIP LOCKED)
            RETURNING room_id
            """,
            static row => row.GetString(0),
            owner,
            roomIds.ToArray(),
            gone);
        if (adopted.Count == 0)
            return [];

        var left = (await ReadLeftAsync(adopted)).ToDictionary(static room => room.RoomId, StringComparer.Ordinal);
        return [.. adopted.Select(roomId => left.GetValueOrDefault(roomId, new LeftRoom(roomId, 0)))];
    }

    /// <summary>What of these rooms is in the outbox; those of which nothing is are left out.</summary>
    public async Task<List<LeftRoom>> ReadLeftAsync(IReadOnlyList<string> roomIds) => roomIds.Count == 0
        ? []
        : await session.ReadAsync(
            "SELECT room_id, max(id) FROM outbox WHERE room_id = ANY($1) GROUP BY room_id",
            static row => new LeftRoom(row.GetString(0), row.GetInt64(1)),
            (object)roomIds.ToArray());

    /// <summary>Takes over the publishing of rooms that are over and that nobody publishes, although something of them is left.</summary>
    public Task<int> AdoptOrphansAsync(string owner) => session.RunAsync(
        $"""
        UPDATE rooms SET publisher = $1
        WHERE owner IS NULL AND publisher IS NULL AND (NOT {RoomColumns.IsClaimable} OR set_aside IS NOT NULL)
            AND room_id IN (SELECT room_id FROM outbox)
        """,
        owner);

    /// <summary>Forgets replicas that are gone for long and that no room names.</summary>
    public Task<int> ForgetGoneAsync() => session.RunAsync(
        $"""
        DELETE FROM replicas WHERE lease_until < clock_timestamp() - interval '1 hour'
            AND NOT EXISTS (SELECT FROM rooms WHERE rooms.owner = replicas.owner)
            AND NOT EXISTS (SELECT FROM rooms WHERE rooms.publisher = replicas.owner AND {IsAsideOfOwner})
        """);

    /// <summary>Forgets the marks of commits that were long ago.</summary>
    public Task<int> ForgetMarksAsync() => session.RunAsync(CommitMarks.Forget);
}
