using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What is wanted, and who holds it: the changes of rooms other than by appends.</summary>
/// <remarks>
/// Whoever decides by a room's row locks it first, in a statement of its own: what is read next is then all that was
/// committed before, and nobody changes it until this commits.
/// </remarks>
internal sealed class RoomWrites(PostgresSession session)
{
    private const string MeetingEnded = "meetingEnded"; // the reason, as it is stored
    private const string AnyMeeting = "*"; // whichever runs when an automatic source looks next

    private readonly WishWrites _wishes = new(session);

    /// <inheritdoc cref="IBridgeStore.RegisterRoomAsync"/>
    public async Task<RegistrationResult> RegisterAsync(RoomRegistration registration)
    {
        while (true)
        {
            var room = await LockAsync(registration.RoomId);
            if (room is null && await ReviveAsync(registration.RoomId, registration.Account, registration.At) > 0)
                continue;
            if (await IsSuppressedAsync(registration, room))
                return new RegistrationResult(RegistrationOutcome.Suppressed, room!);
            if (room is { IsActive: true, IsWanted: true } && !string.Equals(room.Account, registration.Account, StringComparison.Ordinal))
                return new RegistrationResult(RegistrationOutcome.AccountConflict, room);
            if (room is null && !await InsertAsync(registration))
                continue; // somebody else was quicker
            if (room is not null && (!room.IsActive || room.Unreadable is RoomParts.Status))
                await BeginAnewAsync(registration.RoomId, registration.At);
            await _wishes.PutAsync(registration);
            return new RegistrationResult(
                room is { IsActive: true, IsWanted: true } ? RegistrationOutcome.AlreadyRegistered : RegistrationOutcome.Registered,
                await LockAsync(registration.RoomId) ?? throw new InvalidOperationException("A room that is locked is gone."));
        }
    }

    /// <inheritdoc cref="IBridgeStore.UnregisterRoomAsync"/>
    public async Task<bool> UnregisterAsync(string roomId, string source)
    {
        var isCommand = string.Equals(source, IntentSources.Command, StringComparison.Ordinal);
        if (await LockAsync(roomId) is not { } room)
            return false;

        if (isCommand && StoppedMeeting(room) is { } stopped)
            await SuppressAsync(roomId, stopped);
        return await _wishes.RemoveAsync(room, source, isCommand);
    }

    /// <summary>The room, which nobody else changes until this transaction ends; null when there is none.</summary>
    public Task<RoomRow?> LockAsync(string roomId) =>
        session.FindAsync($"SELECT {RoomColumns.All} FROM rooms r WHERE r.room_id = $1 FOR UPDATE OF r", RoomColumns.Read, roomId);

    /// <inheritdoc cref="IBridgeStore.ClaimRoomsAsync"/>
    public async Task<IReadOnlyList<ClaimedRoom>> ClaimAsync(string owner, TimeSpan lease, int limit, bool mayTakeOver)
    {
        await RenewAsync(owner, lease);
        var gone = await GoneReplicas.HoldAsync(session);
        var rooms = await ClaimAsync(
            $"""
            SELECT room_id, owner AS former, publisher AS published_by FROM rooms
            WHERE owner IS NULL AND {RoomColumns.IsClaimable} AND set_aside IS NULL
            ORDER BY status_since, room_id
            """,
            owner,
            limit,
            gone);
        if (rooms.Count < limit && mayTakeOver && gone.Length > 0)
        {
            rooms.AddRange(await ClaimAsync(
                $"""
                SELECT room_id, owner AS former, publisher AS published_by FROM rooms
                WHERE owner = ANY($3) AND {RoomColumns.IsClaimable}
                """,
                owner,
                limit - rooms.Count,
                gone));
        }

        return [.. rooms.OrderBy(claimed => claimed.Room.StatusSince).ThenBy(claimed => claimed.Room.RoomId, StringComparer.Ordinal)];
    }

    /// <summary>Extends what a replica holds; tells nothing.</summary>
    public Task<int> RenewAsync(string owner, TimeSpan lease) => session.RunAsync(
        ReplicaHeartbeat.Renew, owner, lease == Timeout.InfiniteTimeSpan ? null : (long)lease.TotalMilliseconds, null);

    /// <inheritdoc cref="IBridgeStore.ReleaseRoomsAsync"/>
    public async Task<int> ReleaseAllAsync(string owner)
    {
        var released = await session.RunAsync("UPDATE rooms SET owner = NULL WHERE owner = $1", owner);
        session.HasIntent |= released > 0;
        return released;
    }

    /// <inheritdoc cref="IBridgeStore.ReleaseRoomAsync"/>
    public async Task<int> ReleaseAsync(string roomId, string owner, long epoch)
    {
        var released = await session.RunAsync("UPDATE rooms SET owner = NULL WHERE room_id = $1 AND owner = $2 AND epoch = $3", roomId, owner, epoch);
        session.IsNewsForOthers |= released > 0;
        return released;
    }

    /// <summary>Gives a room that was removed its row again, as one that has ended; nothing happens to any other.</summary>
    public Task<int> ReviveAsync(string roomId, string account, DateTimeOffset at) => session.RunAsync(
        """
        WITH gone AS (DELETE FROM retired_rooms WHERE room_id = $1 RETURNING room_id, sequence, epoch, stopped_meeting)
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch, stopped_meeting)
        SELECT room_id, $2, '{}', 'ended', $3, sequence, epoch, stopped_meeting FROM gone
        ON CONFLICT (room_id) DO NOTHING
        """,
        roomId,
        account,
        at);

    /// <inheritdoc cref="IBridgeStore.RetireRoomsAsync"/>
    public async Task<int> RetireAsync(IReadOnlyList<EndedRoom> rooms, DateTimeOffset endedUntil)
    {
        // A meeting that is over does not begin again either: that is known from the room's row, as long as there is one.
        var (ids, sequences) = (rooms.Select(static room => room.RoomId).ToArray(), rooms.Select(static room => room.Sequence).ToArray());
        await session.RunAsync("SELECT FROM rooms WHERE room_id = ANY($1) ORDER BY room_id FOR UPDATE", (object)ids);
        return await session.RunAsync(
            $"""
            WITH gone AS (
                DELETE FROM rooms USING unnest($1::text[], $2::bigint[]) AS listed (id, last)
                WHERE room_id = id AND sequence = last AND status_since <= $3 AND {RoomColumns.IsToRetire}
                    AND NOT EXISTS (SELECT FROM inbox WHERE inbox.room_id = rooms.room_id)
                    AND NOT EXISTS (SELECT FROM inbox_set_aside WHERE inbox_set_aside.room_id = rooms.room_id)
                    AND NOT EXISTS (SELECT FROM skipped WHERE skipped.room_id = rooms.room_id)
                RETURNING room_id, sequence, epoch, status, reason, meeting_id, stopped_meeting)
            INSERT INTO retired_rooms (room_id, sequence, epoch, stopped_meeting)
            SELECT room_id, sequence, epoch,
                CASE WHEN status = 'ended' AND reason = '{MeetingEnded}' AND meeting_id IS NOT NULL THEN meeting_id ELSE stopped_meeting END
            FROM gone
            """,
            ids,
            sequences,
            endedUntil);
    }

    /// <summary>
    /// Claims the rooms that a query finds. The events of a room are still published by another who does and lives, for as long
    /// as that one has some of them left.
    /// </summary>
    private Task<List<ClaimedRoom>> ClaimAsync(string query, string owner, int limit, string[] gone) => session.ReadAsync(
        $"""
        UPDATE rooms r
        SET owner = $1, epoch = epoch + 1, publisher = CASE WHEN found.published_by <> $1 AND {GoneReplicas.MayLive("found.published_by", "$3")} THEN found.published_by ELSE $1 END
        FROM ({query} LIMIT $2 FOR UPDATE SKIP LOCKED) AS found
        WHERE r.room_id = found.room_id
        RETURNING {RoomColumns.All}, found.former, r.publisher <> $1,
            (SELECT (extract(epoch FROM clock_timestamp() - p.lease_until) * 1000)::bigint FROM replicas p WHERE p.owner = found.former AND isfinite(p.lease_until))
        """,
        static row => new ClaimedRoom(RoomColumns.Read(row) with { LeftFor = row.IsDBNull(20) ? null : TimeSpan.FromMilliseconds(row.GetInt64(20)) }, row.TextOrNull(18), row.GetBoolean(19)),
        owner,
        limit,
        gone);

    /// <summary>The meeting that a command stops with the room; until the room is heard, it is whichever runs.</summary>
    private static string? StoppedMeeting(RoomRow room) =>
        room is { IsActive: true, HeardAt: null } ? AnyMeeting : room.MeetingId;

    private async Task<bool> InsertAsync(RoomRegistration registration) => await session.RunAsync(
        """
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch)
        VALUES ($1, $2, '{}', 'waiting', $3, 0, 0)
        ON CONFLICT (room_id) DO NOTHING
        """,
        registration.RoomId,
        registration.Account,
        registration.At) > 0;

    private Task<int> BeginAnewAsync(string roomId, DateTimeOffset at) => session.RunAsync(
        """
        UPDATE rooms
        SET status = 'waiting', status_since = $2, reason = NULL, heard_at = NULL, owner = NULL, epoch = epoch + 1, set_aside = NULL
        WHERE room_id = $1
        """,
        roomId,
        at);

    private Task<int> SuppressAsync(string roomId, string? meetingId) =>
        session.RunAsync("UPDATE rooms SET stopped_meeting = $2 WHERE room_id = $1", roomId, meetingId);

    /// <summary>
    /// True when a command stopped the meeting that an automatic source would register, or it is known to be over: what
    /// comes late does not begin it again. What a command, or a permalink, registers lifts that.
    /// </summary>
    private async Task<bool> IsSuppressedAsync(RoomRegistration registration, RoomRow? room)
    {
        if (room is null)
            return false;

        if (!IntentSources.IsAutomatic(registration.Source))
        {
            await SuppressAsync(registration.RoomId, meetingId: null);
            return false;
        }

        if (registration.MeetingId is { } meetingId
            && room is { Status: ObservationStatus.Ended, Reason: MeetingEnded }
            && string.Equals(room.MeetingId, meetingId, StringComparison.Ordinal))
        {
            return true;
        }

        var stopped = (await session.ReadAsync(
            "SELECT stopped_meeting FROM rooms WHERE room_id = $1", static row => row.TextOrNull(0), registration.RoomId)).SingleOrDefault();
        if (!string.Equals(stopped, AnyMeeting, StringComparison.Ordinal))
            return stopped is not null && string.Equals(stopped, registration.MeetingId, StringComparison.Ordinal);

        if (registration.MeetingId is not null)
            await SuppressAsync(registration.RoomId, registration.MeetingId); // it is this one
        return true;
    }
}
