namespace EyesonBridge.Storage.Postgres;

/// <summary>
/// What wants rooms: each source with what it asked for last. A room's row sums that up; both change together, and each
/// change has a number of its own. The room is locked by whoever calls this.
/// </summary>
internal sealed class WishWrites(PostgresSession session)
{
    // By so many milliseconds two times of one start can differ (MeetingState has the same).
    private const int SameMeeting = 1_000;

    /// <summary>
    /// True of a wish that the end of the observation does not fulfil: it is about a later meeting than the one that began at
    /// $3, or, where that is unknown, its number is higher than $2, or it was received after $4.
    /// </summary>
    public static string Outlives { get; } =
        $"CASE WHEN meeting_at IS NULL OR $3::bigint IS NULL THEN intent > $2 OR at > $4 ELSE meeting_at > $3::bigint + {SameMeeting} END";

    /// <summary>Adds a wish, or what its source asks for now. Without a time to wait for, it keeps its own.</summary>
    public async Task PutAsync(RoomRegistration wish)
    {
        var number = await NextAsync();
        await session.RunAsync(
            """
            INSERT INTO wishes (room_id, source, wait_until, meeting_at, intent, at) VALUES ($1, $2, $3::bigint, $4::bigint, $5, $6)
            ON CONFLICT (room_id, source) DO UPDATE
            SET wait_until = COALESCE(excluded.wait_until, wishes.wait_until), meeting_at = excluded.meeting_at, intent = excluded.intent, at = excluded.at
            """,
            wish.RoomId,
            wish.Source,
            wish.WaitUntil,
            MeetingStart.Of(wish.MeetingId),
            number,
            wish.At);
        await SumUpAsync(wish.RoomId, wish.Account, number);
    }

    /// <summary>Removes the wish of a source, and those of automatic sources too if they are overruled. False when there was none.</summary>
    public async Task<bool> RemoveAsync(RoomRow room, string source, bool overrulesAutomatic)
    {
        var removed = await session.RunAsync(
            $"""
            DELETE FROM wishes
            WHERE room_id = $1 AND (source = $2 OR ($3 AND source IN ('{IntentSources.Discovery}', '{IntentSources.Webhook}')))
            """,
            room.RoomId,
            source,
            overrulesAutomatic);
        if (removed == 0 && room.Unreadable is null)
            return false;

        await SumUpAsync(room.RoomId, room.Account, await NextAsync());
        return true;
    }

    private Task<long> NextAsync() => session.NumberAsync("SELECT nextval('intent_numbers')");

    private async Task SumUpAsync(string roomId, string account, long number)
    {
        await session.RunAsync(
            $"UPDATE rooms SET {RoomColumns.SumOfWishes}, account = $2, intent = $3, set_aside = NULL WHERE room_id = $1", roomId, account, number);
        session.HasIntent = true;
    }
}
