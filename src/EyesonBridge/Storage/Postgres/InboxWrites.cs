namespace EyesonBridge.Storage.Postgres;

/// <summary>What is put into the inboxes of rooms, and rows that cannot be read.</summary>
internal sealed class InboxWrites(PostgresSession session, RoomWrites rooms)
{
    private const string Columns = "id, room_id, account, kind, body, received_at";

    /// <inheritdoc cref="IBridgeStore.DeliverAsync"/>
    public async Task<bool> DeliverAsync(InboxEntry entry)
    {
        // Whoever removes the room just now has done so when this has its turn, and then it is found among those that were removed.
        await session.RunAsync("SELECT FROM rooms WHERE room_id = $1 FOR UPDATE", entry.RoomId);
        await rooms.ReviveAsync(entry.RoomId, entry.Account, entry.ReceivedAt);

        // A room that was never registered gets a row that says so, and its inbox makes it claimable. First of all, as it
        // locks the room: an owner that looks whether its inbox is empty sees this entry, or this waits for that.
        await session.RunAsync(
            """
            INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch, followed)
            VALUES ($1, $2, '{}', 'ended', $3, 0, 0, true)
            ON CONFLICT (room_id) DO UPDATE SET followed = true
            """,
            entry.RoomId,
            entry.Account,
            entry.ReceivedAt);
        await session.RunAsync(
            "INSERT INTO inbox (room_id, account, kind, body, received_at) VALUES ($1, $2, $3, $4, $5)",
            entry.RoomId,
            entry.Account,
            EnumNames<InboxKind>.Of(entry.Kind),
            entry.Body,
            entry.ReceivedAt);
        session.HasIntent = true;
        return true;
    }

    /// <inheritdoc cref="IBridgeStore.SetAsideAsync"/>
    public async Task<bool> SetAsideAsync(RoomRow room, string part) => await session.RunAsync(
        """
        UPDATE rooms SET set_aside = CASE WHEN intent = $5 THEN $4 END, owner = NULL, publisher = COALESCE(publisher, owner)
        WHERE room_id = $1 AND owner = $2 AND epoch = $3
        """,
        room.RoomId,
        room.Owner,
        room.Epoch,
        part,
        room.Intent) > 0;

    /// <inheritdoc cref="IBridgeStore.SetInboxAsideAsync"/>
    public async Task<bool> SetInboxAsideAsync(IReadOnlyList<long> ids) => await session.RunAsync(
        $"""
        WITH taken AS (DELETE FROM inbox WHERE id = ANY($1) RETURNING {Columns})
        INSERT INTO inbox_set_aside ({Columns}) SELECT {Columns} FROM taken
        """,
        (object)ids.ToArray()) > 0;

    /// <inheritdoc cref="IBridgeStore.RetrySetAsideAsync"/>
    public async Task<bool> RetryAsync()
    {
        await session.RunAsync("UPDATE rooms SET set_aside = NULL WHERE set_aside IS NOT NULL");
        await session.RunAsync("UPDATE rooms SET followed = true WHERE room_id IN (SELECT room_id FROM inbox_set_aside)");
        return await session.RunAsync(
            $"""
            WITH taken AS (DELETE FROM inbox_set_aside RETURNING {Columns})
            INSERT INTO inbox ({Columns}) SELECT {Columns} FROM taken
            """) > 0;
    }
}
