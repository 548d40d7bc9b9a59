namespace EyesonBridge.Storage.Sqlite;

/// <summary>What is put into the inboxes of rooms, and taken out.</summary>
internal sealed class InboxWrites(SqliteWriteContext context) : IDisposable
{
    private readonly SqliteStatement _insert = new(context.Database, """
        INSERT INTO inbox (room_id, account, kind, body, received_at) VALUES (?1, ?2, ?3, ?4, ?5)
        """);

    // A room that was never registered gets a row that says so, and its inbox makes it claimable.
    private readonly SqliteStatement _hold = new(context.Database, """
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch, followed)
        VALUES (?1, ?2, '[]', 'ended', ?3, 0, 0, 1)
        ON CONFLICT (room_id) DO UPDATE SET followed = 1
        """);

    private readonly SqliteStatement _delete = new(context.Database, "DELETE FROM inbox WHERE id = ?1");

    /// <inheritdoc cref="IBridgeStore.DeliverAsync"/>
    public bool Deliver(InboxEntry entry)
    {
        context.Retired.Revive(entry.RoomId, entry.Account, entry.ReceivedAt);
        _insert
            .Bind(1, entry.RoomId)
            .Bind(2, entry.Account)
            .Bind(3, InboxColumns.Name(entry.Kind))
            .Bind(4, entry.Body)
            .Bind(5, entry.ReceivedAt)
            .Run();
        _hold.Bind(1, entry.RoomId).Bind(2, entry.Account).Bind(3, entry.ReceivedAt).Run();
        context.HasIntent = true;
        return true;
    }

    /// <summary>Deletes an entry that was taken up.</summary>
    public void Delete(long id) => _delete.Bind(1, id).Run();

    public void Dispose()
    {
        _insert.Dispose();
        _hold.Dispose();
        _delete.Dispose();
    }
}
