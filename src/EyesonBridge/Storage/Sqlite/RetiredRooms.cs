namespace EyesonBridge.Storage.Sqlite;

/// <summary>Rooms that are over for long are removed; what is kept of each lets it go on as if it had stayed.</summary>
internal sealed class RetiredRooms(SqliteWriteContext context) : IDisposable
{
    // A meeting that is over does not begin again either: that is known from the room's row, as long as there is one.
    private readonly SqliteStatement _keep = new(context.Database, $"""
        INSERT INTO retired_rooms (room_id, sequence, epoch, stopped_meeting)
        SELECT room_id, sequence, epoch,
            CASE WHEN status = 'ended' AND reason = 'meetingEnded' AND meeting_id IS NOT NULL THEN meeting_id ELSE stopped_meeting END
        FROM rooms
        WHERE room_id = ?1 AND sequence = ?2 AND status_since <= ?3 AND {RoomColumns.IsToRetire}
            AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.room_id = ?1)
            AND NOT EXISTS (SELECT 1 FROM inbox_set_aside WHERE inbox_set_aside.room_id = ?1)
            AND NOT EXISTS (SELECT 1 FROM skipped WHERE skipped.room_id = ?1)
        """);

    private readonly SqliteStatement _remove = new(context.Database, "DELETE FROM rooms WHERE room_id = ?1");

    private readonly SqliteStatement _revive = new(context.Database, $"""
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch, stopped_meeting)
        SELECT room_id, ?2, '{RoomColumns.Unwanted}', 'ended', ?3, sequence, epoch, stopped_meeting FROM retired_rooms WHERE room_id = ?1
        """);

    private readonly SqliteStatement _forget = new(context.Database, "DELETE FROM retired_rooms WHERE room_id = ?1");

    /// <inheritdoc cref="IBridgeStore.RetireRoomsAsync"/>
    public int Retire(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil)
    {
        var retired = 0;
        foreach (var room in rooms)
        {
            if (_keep.Bind(1, room.RoomId).Bind(2, room.Sequence).Bind(3, endedUntil).Run() > 0)
                retired += _remove.Bind(1, room.RoomId).Run();
        }

        return retired;
    }

    /// <summary>Gives a room that was removed its row again, as one that has ended; nothing happens to any other.</summary>
    public void Revive(string roomId, string account, DateTimeOffset at)
    {
        if (_revive.Bind(1, roomId).Bind(2, account).Bind(3, at).Run() > 0)
            _forget.Bind(1, roomId).Run();
    }

    public void Dispose()
    {
        _keep.Dispose();
        _remove.Dispose();
        _revive.Dispose();
        _forget.Dispose();
    }
}
