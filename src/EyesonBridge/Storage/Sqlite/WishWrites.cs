namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// What wants rooms: each source with what it asked for last. A room's row sums that up; both change together, and each
/// change has a number of its own.
/// </summary>
internal sealed class WishWrites(SqliteWriteContext context) : IDisposable
{
    // By so many milliseconds two times of one start can differ (MeetingState has the same).
    private const int SameMeeting = 1_000;

    /// <summary>
    /// True of a wish that the end of the observation does not fulfil: it is about a later meeting than the one that began at
    /// ?3, or, where that is unknown, its number is higher than ?2, or it was received after ?4.
    /// </summary>
    private static readonly string Outlives =
        $"CASE WHEN meeting_at IS NULL OR ?3 IS NULL THEN intent > ?2 OR at > ?4 ELSE meeting_at > ?3 + {SameMeeting} END";

    private readonly SqliteStatement _next = new(context.Database, "UPDATE store SET intent = intent + 1 RETURNING intent");

    private readonly SqliteStatement _put = new(context.Database, """
        INSERT INTO wishes (room_id, source, wait_until, meeting_at, intent, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (room_id, source) DO UPDATE SET wait_until = COALESCE(?3, wait_until), meeting_at = ?4, intent = ?5, at = ?6
        """);

    private readonly SqliteStatement _remove = new(context.Database, $"""
        DELETE FROM wishes
        WHERE room_id = ?1 AND (source = ?2 OR (?3 = 1 AND source IN ('{IntentSources.Discovery}', '{IntentSources.Webhook}')))
        """);

    private readonly SqliteStatement _forget = new(context.Database, "DELETE FROM wishes WHERE room_id = ?1");

    private readonly SqliteStatement _fulfil = new(context.Database, $"DELETE FROM wishes WHERE room_id = ?1 AND NOT ({Outlives})");

    private readonly SqliteStatement _sumUp = new(context.Database, $"""
        UPDATE rooms SET {RoomColumns.SumOfWishes}, account = ?2, intent = ?3, set_aside = NULL WHERE room_id = ?1
        """);

    /// <summary>Condition of a statement that closes: no wish outlives the end. ?16 is the highest number that is known of, ?17 the start of the meeting, ?18 when it was last heard.</summary>
    public static string NoneOutlives { get; } =
        $"NOT EXISTS (SELECT 1 FROM wishes WHERE room_id = ?1 AND {Outlives.Replace("?2", "?16", StringComparison.Ordinal).Replace("?3", "?17", StringComparison.Ordinal).Replace("?4", "?18", StringComparison.Ordinal)})";

    /// <summary>Condition of a statement that closes: there is no wish with a higher number than ?16.</summary>
    public const string NoneIsNewer = "NOT EXISTS (SELECT 1 FROM wishes WHERE room_id = ?1 AND intent > ?16)";

    /// <summary>Adds a wish, or what its source asks for now. Without a time to wait for, it keeps its own.</summary>
    public void Put(RoomRegistration wish)
    {
        var number = Next();
        _put.Bind(1, wish.RoomId)
            .Bind(2, wish.Source)
            .Bind(3, wish.WaitUntil)
            .Bind(4, MeetingStart.Of(wish.MeetingId))
            .Bind(5, number)
            .Bind(6, wish.At)
            .Run();
        SumUp(wish.RoomId, wish.Account, number);
    }

    /// <summary>Removes the wish of a source, and those of automatic sources too if they are overruled. False when there was none.</summary>
    public bool Remove(RoomRow room, string source, bool overrulesAutomatic)
    {
        if (_remove.Bind(1, room.RoomId).Bind(2, source).Bind(3, overrulesAutomatic ? 1 : 0).Run() == 0 && room.Unreadable is null)
            return false;

        SumUp(room.RoomId, room.Account, Next());
        return true;
    }

    /// <summary>Removes what wants a room whose observation is over for good.</summary>
    public void Forget(string roomId) => _forget.Bind(1, roomId).Run();

    /// <summary>Removes what the end of an observation fulfils; the rest remains.</summary>
    public void Fulfil(RoomAppend end) =>
        _fulfil.Bind(1, end.RoomId).Bind(2, end.KnownIntent).Bind(3, MeetingStart.Of(end.MeetingId)).Bind(4, end.GapFrom ?? DateTimeOffset.MaxValue).Run();

    public void Dispose()
    {
        _next.Dispose();
        _put.Dispose();
        _remove.Dispose();
        _forget.Dispose();
        _fulfil.Dispose();
        _sumUp.Dispose();
    }

    private void SumUp(string roomId, string account, long number)
    {
        _sumUp.Bind(1, roomId).Bind(2, account).Bind(3, number).Run();
        context.HasIntent = true;
    }

    private long Next()
    {
        try
        {
            _next.Step();
            return _next.Int64(0);
        }
        finally
        {
            _next.Reset();
        }
    }
}
