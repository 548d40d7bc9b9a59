namespace EyesonBridge.Storage.Sqlite;

/// <summary>Rows that cannot be read are set aside, and tried again at the next start; skipped events are put back.</summary>
internal sealed class SetAsideWrites(SqliteWriteContext context) : IDisposable
{
    private readonly SqliteStatement _setRoomAside = new(context.Database, """
        UPDATE rooms SET set_aside = CASE WHEN intent = ?5 THEN ?4 END, owner = NULL, lease_until = NULL
        WHERE room_id = ?1 AND owner = ?2 AND epoch = ?3
        """);

    private readonly SqliteStatement _setInboxAside = new(context.Database, """
        INSERT INTO inbox_set_aside (id, room_id, account, kind, body, received_at)
        SELECT id, room_id, account, kind, body, received_at FROM inbox WHERE id = ?1
        """);

    private readonly SqliteStatement _retryRooms = new(context.Database, "UPDATE rooms SET set_aside = NULL WHERE set_aside IS NOT NULL");

    private readonly SqliteStatement _follow = new(context.Database, """
        UPDATE rooms SET followed = 1 WHERE room_id IN (SELECT room_id FROM inbox_set_aside)
        """);

    private readonly SqliteStatement _retryInbox = new(context.Database, """
        INSERT INTO inbox (id, room_id, account, kind, body, received_at)
        SELECT id, room_id, account, kind, body, received_at FROM inbox_set_aside
        """);

    private readonly SqliteStatement _clearInbox = new(context.Database, "DELETE FROM inbox_set_aside");

    private readonly SqliteStatement _replays = new(
        context.Database, $"SELECT {OutboxColumns.All} FROM skipped WHERE replay = 1 ORDER BY id LIMIT 100");

    private readonly SqliteStatement _deleteSkipped = new(context.Database, "DELETE FROM skipped WHERE id = ?1");

    /// <inheritdoc cref="IBridgeStore.SetAsideAsync"/>
    public bool SetAside(RoomRow room, string part) =>
        _setRoomAside.Bind(1, room.RoomId).Bind(2, room.Owner).Bind(3, room.Epoch).Bind(4, part).Bind(5, room.Intent).Run() > 0;

    /// <inheritdoc cref="IBridgeStore.SetInboxAsideAsync"/>
    public bool SetInboxAside(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            _setInboxAside.Bind(1, id).Run();
            context.Inbox.Delete(id);
        }

        return true;
    }

    /// <inheritdoc cref="IBridgeStore.RetrySetAsideAsync"/>
    public bool Retry()
    {
        _retryRooms.Run();
        _follow.Run();
        _retryInbox.Run();
        return _clearInbox.Run() > 0;
    }

    /// <inheritdoc cref="IBridgeStore.ReplaySkippedAsync"/>
    public int Replay()
    {
        var entries = new List<OutboxEntry>();
        var texts = new KnownTexts();
        try
        {
            while (_replays.Step())
                entries.Add(OutboxColumns.Read(_replays, texts));
        }
        finally
        {
            _replays.Reset();
        }

        foreach (var entry in entries)
        {
            context.Appends.PutBack(entry);
            _deleteSkipped.Bind(1, entry.Id).Run();
        }

        return entries.Count;
    }

    public void Dispose()
    {
        _setRoomAside.Dispose();
        _setInboxAside.Dispose();
        _retryRooms.Dispose();
        _follow.Dispose();
        _retryInbox.Dispose();
        _clearInbox.Dispose();
        _replays.Dispose();
        _deleteSkipped.Dispose();
    }
}
