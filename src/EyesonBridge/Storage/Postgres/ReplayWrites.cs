namespace EyesonBridge.Storage.Postgres;

/// <summary>Puts skipped events back: those of rooms that this replica publishes, so that nobody else publishes beside it.</summary>
internal static class ReplayWrites
{
    private const int AtOnce = 100;

    /// <inheritdoc cref="IBridgeStore.ReplaySkippedAsync"/>
    /// <param name="batch">The transaction.</param>
    /// <param name="owners">This replica; nobody before it has a name.</param>
    public static int Replay(PostgresBatch batch, string[] owners)
    {
        // A room that nobody observes or publishes is published by whoever is first. Its row is locked before the events get
        // their numbers, as with appends.
        var rooms = batch.Read(
            $"""
            SELECT room_id FROM rooms
            WHERE room_id IN (SELECT DISTINCT room_id FROM skipped WHERE replay LIMIT {AtOnce})
                AND (publisher = ANY($1) OR (publisher IS NULL AND owner IS NULL))
            ORDER BY room_id FOR UPDATE SKIP LOCKED
            """,
            static row => row.GetString(0),
            (object)owners).ToArray();
        if (rooms.Length == 0)
            return 0;

        if (owners is [var owner, ..])
            batch.Run("UPDATE rooms SET publisher = $1 WHERE room_id = ANY($2) AND publisher IS NULL", owner, rooms);
        var entries = batch.Read(
            $"""
            WITH taken AS (
                DELETE FROM skipped WHERE id IN (SELECT id FROM skipped WHERE replay AND room_id = ANY($1) ORDER BY id LIMIT {AtOnce})
                RETURNING {OutboxColumns.All})
            SELECT {OutboxColumns.All} FROM taken ORDER BY id
            """,
            OutboxColumns.Read,
            (object)rooms);
        foreach (var entry in entries)
            AppendWrites.Insert(batch, entry.RoomId, entry);
        return entries.Count;
    }
}
