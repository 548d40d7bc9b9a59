namespace EyesonBridge.Storage.Postgres;

/// <summary>The steps of a handover, in the table <c>handovers</c>.</summary>
internal sealed class HandoverWrites(PostgresSession session)
{
    /// <inheritdoc cref="IRoomHandovers.LeaveAsync"/>
    public async Task<int> LeaveAsync(string owner)
    {
        session.IsNewsForOthers = true;
        return await session.RunAsync("UPDATE replicas SET leaving = true WHERE owner = $1", owner);
    }

    /// <inheritdoc cref="IRoomHandovers.OfferAsync"/>
    public async Task<int> OfferAsync(string owner, IReadOnlyList<string> roomIds)
    {
        session.IsNewsForOthers = true;
        return await session.RunAsync(
            """
            INSERT INTO handovers (room_id, owner)
            SELECT room_id, $1 FROM rooms WHERE room_id = ANY($2) AND owner = $1
            ON CONFLICT (room_id) DO UPDATE
            SET owner = excluded.owner, successor = NULL, is_ready = false, heard = NULL, handed_at = NULL
            """,
            owner,
            roomIds.ToArray());
    }

    /// <inheritdoc cref="IRoomHandovers.AcceptAsync"/>
    public async Task<List<OfferedRoom>> AcceptAsync(string successor, int limit)
    {
        await session.RunAsync(
            $"DELETE FROM handovers WHERE NOT {RoomColumns.IsAlive("coalesce(CASE WHEN handed_at IS NULL THEN handovers.owner END, successor)")}");
        return await session.ReadAsync(
            $"""
            UPDATE handovers h SET successor = $1, is_ready = false
            FROM (
                SELECT room_id FROM handovers
                WHERE owner <> $1 AND handed_at IS NULL AND (successor IS NULL OR NOT {RoomColumns.IsAlive("successor")})
                ORDER BY room_id LIMIT $2 FOR UPDATE SKIP LOCKED) AS found, rooms r
            WHERE h.room_id = found.room_id AND r.room_id = found.room_id
            RETURNING h.room_id, r.account
            """,
            static row => new OfferedRoom(row.GetString(0), row.GetString(1)),
            successor,
            limit);
    }

    /// <inheritdoc cref="IRoomHandovers.NoteReadyAsync"/>
    public async Task<int> NoteReadyAsync(string successor, IReadOnlyList<string> roomIds)
    {
        session.IsNewsForOthers = true;
        return await session.RunAsync(
            "UPDATE handovers SET is_ready = true WHERE room_id = ANY($2) AND successor = $1 AND handed_at IS NULL", successor, roomIds.ToArray());
    }

    /// <inheritdoc cref="IRoomHandovers.ListReadyAsync"/>
    public Task<List<string>> ListReadyAsync(string owner) => session.ReadAsync(
        $"SELECT room_id FROM handovers WHERE owner = $1 AND is_ready AND handed_at IS NULL AND {RoomColumns.IsAlive("successor")}",
        static row => row.GetString(0),
        owner);

    /// <inheritdoc cref="IRoomHandovers.HandOverAsync"/>
    /// <param name="owner">Who owns them.</param>
    /// <param name="rooms">The rooms.</param>
    /// <param name="published">Those of which nothing is left to be published.</param>
    public async Task<List<string>> HandOverAsync(string owner, IReadOnlyList<GivenRoom> rooms, IReadOnlyList<string> published)
    {
        session.IsNewsForOthers = true;
        var given = rooms.OrderBy(static room => room.RoomId, StringComparer.Ordinal).ToList();
        var ids = given.Select(static room => room.RoomId).ToArray();
        await session.RunAsync("SELECT FROM handovers WHERE owner = $1 AND room_id = ANY($2) ORDER BY room_id FOR UPDATE", owner, ids);
        var moved = await session.ReadAsync(
            $"""
            UPDATE rooms r
            SET owner = h.successor, epoch = r.epoch + 1,
                publisher = CASE WHEN r.publisher = $1 AND r.room_id = ANY($4) THEN h.successor ELSE r.publisher END
            FROM handovers h, unnest($2::text[], $3::bigint[]) AS given (id, at_epoch)
            WHERE r.room_id = given.id AND r.owner = $1 AND r.epoch = given.at_epoch
                AND h.room_id = given.id AND h.owner = $1 AND h.is_ready AND h.handed_at IS NULL AND {RoomColumns.IsAlive("h.successor")}
            RETURNING r.room_id
            """,
            static row => row.GetString(0),
            owner,
            ids,
            given.Select(static room => room.Epoch).ToArray(),
            published.ToArray());
        await session.RunAsync(
            """
            UPDATE handovers SET heard = given.frames, handed_at = clock_timestamp()
            FROM unnest($2::text[], $3::bytea[]) AS given (id, frames)
            WHERE room_id = given.id AND owner = $1 AND room_id = ANY($4)
            """,
            owner,
            ids,
            given.Select(static room => room.Heard).ToArray(),
            moved.ToArray());
        await session.RunAsync("DELETE FROM handovers WHERE owner = $1 AND room_id = ANY($2) AND handed_at IS NULL", owner, ids);
        return moved;
    }

    /// <inheritdoc cref="IRoomHandovers.TakeAsync"/>
    /// <returns>Each with whether another replica still publishes what is left of it.</returns>
    public async Task<List<(HandedRoom Room, bool IsPublishedElsewhere)>> TakeAsync(string successor)
    {
        // What a third one has claimed meanwhile was handed over in vain: what was heard then is old if it ever comes here again.
        await session.RunAsync(
            """
            DELETE FROM handovers h USING rooms r
            WHERE h.successor = $1 AND h.handed_at IS NOT NULL AND r.room_id = h.room_id AND r.owner IS DISTINCT FROM $1
            """,
            successor);
        return await session.ReadAsync(
            $"""
            DELETE FROM handovers h USING rooms r
            WHERE h.successor = $1 AND h.handed_at IS NOT NULL AND r.room_id = h.room_id AND r.owner = $1
            RETURNING {RoomColumns.All}, h.heard, (extract(epoch FROM clock_timestamp() - h.handed_at) * 1000)::bigint, r.publisher IS DISTINCT FROM $1
            """,
            static row => (new HandedRoom(RoomColumns.Read(row), row.Bytes(18), TimeSpan.FromMilliseconds(row.GetInt64(19))), row.GetBoolean(20)),
            successor);
    }

    /// <inheritdoc cref="IRoomHandovers.ListAcceptedAsync"/>
    public Task<List<string>> ListAcceptedAsync(string successor) => session.ReadAsync(
        $"SELECT room_id FROM handovers WHERE successor = $1 AND (handed_at IS NOT NULL OR {RoomColumns.IsAlive("handovers.owner")})",
        static row => row.GetString(0),
        successor);

    /// <inheritdoc cref="IRoomHandovers.WithdrawAsync"/>
    public async Task<int> WithdrawAsync(string replica, IReadOnlyList<string> roomIds)
    {
        var ids = roomIds.ToArray();
        session.IsNewsForOthers = true;
        return await session.RunAsync("DELETE FROM handovers WHERE room_id = ANY($2) AND owner = $1 AND handed_at IS NULL", replica, ids)
            + await session.RunAsync(
                "UPDATE handovers SET successor = NULL, is_ready = false WHERE room_id = ANY($2) AND successor = $1 AND handed_at IS NULL", replica, ids);
    }
}
