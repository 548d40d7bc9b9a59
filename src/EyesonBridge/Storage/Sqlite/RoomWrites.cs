using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>What is wanted, and who holds it: the changes of rooms other than by appends.</summary>
internal sealed class RoomWrites(SqliteWriteContext context, WishWrites wishes) : IDisposable
{
    private const string MeetingEnded = "meetingEnded"; // the reason, as it is stored
    private const string AnyMeeting = "*"; // whichever runs when an automatic source looks next

    private readonly SqliteStatement _find = new(context.Database, $"SELECT {RoomColumns.All} FROM rooms WHERE room_id = ?1");

    private readonly SqliteStatement _insert = new(context.Database, $"""
        INSERT INTO rooms (room_id, account, wanted_by, status, status_since, sequence, epoch)
        VALUES (?1, ?2, '{RoomColumns.Unwanted}', 'waiting', ?3, 0, 0)
        """);

    private readonly SqliteStatement _beginAnew = new(context.Database, """
        UPDATE rooms
        SET status = 'waiting', status_since = ?2, reason = NULL, heard_at = NULL, owner = NULL, lease_until = NULL, epoch = epoch + 1,
            set_aside = NULL
        WHERE room_id = ?1
        """);

    private readonly SqliteStatement _claim = new(context.Database, $"""
        UPDATE rooms
        SET owner = ?1, lease_until = ?2, epoch = epoch + 1
        WHERE room_id IN (
            SELECT room_id FROM rooms
            WHERE owner IS NULL AND {RoomColumns.IsClaimable} AND set_aside IS NULL
            ORDER BY status_since, room_id
            LIMIT ?3)
        RETURNING {RoomColumns.All}
        """);

    private readonly SqliteStatement _takeOver = new(context.Database, $"""
        UPDATE rooms
        SET owner = ?1, lease_until = ?2, epoch = epoch + 1
        WHERE room_id IN (
            SELECT room_id FROM rooms
            WHERE owner IS NOT NULL AND lease_until <= ?4 AND {RoomColumns.IsClaimable}
            ORDER BY lease_until, room_id
            LIMIT ?3)
        RETURNING {RoomColumns.All}
        """);

    private readonly SqliteStatement _renew = new(context.Database, $"""
        UPDATE rooms SET lease_until = ?2 WHERE owner = ?1
        RETURNING {RoomColumns.Held}
        """);

    private readonly SqliteStatement _suppress = new(context.Database, "UPDATE rooms SET stopped_meeting = ?2 WHERE room_id = ?1");

    private readonly SqliteStatement _suppressed = new(context.Database, "SELECT stopped_meeting FROM rooms WHERE room_id = ?1");

    private readonly SqliteStatement _release = new(context.Database, """
        UPDATE rooms SET owner = NULL, lease_until = NULL WHERE room_id = ?1 AND owner = ?2 AND epoch = ?3
        """);

    private readonly SqliteStatement _releaseAll = new(context.Database, "UPDATE rooms SET owner = NULL, lease_until = NULL WHERE owner = ?1");

    /// <inheritdoc cref="IBridgeStore.RegisterRoomAsync"/>
    public RegistrationResult Register(RoomRegistration registration)
    {
        context.Retired.Revive(registration.RoomId, registration.Account, registration.At);
        if (IsSuppressed(registration))
            return new RegistrationResult(RegistrationOutcome.Suppressed, Find(registration.RoomId)!);

        var room = Find(registration.RoomId);
        if (room is { IsActive: true, IsWanted: true } && !string.Equals(room.Account, registration.Account, StringComparison.Ordinal))
            return new RegistrationResult(RegistrationOutcome.AccountConflict, room);

        if (room is null)
            _insert.Bind(1, registration.RoomId).Bind(2, registration.Account).Bind(3, registration.At).Run();
        else if (!room.IsActive || room.Unreadable is RoomParts.Status)
            _beginAnew.Bind(1, registration.RoomId).Bind(2, registration.At).Run();
        wishes.Put(registration);
        return new RegistrationResult(
            room is { IsActive: true, IsWanted: true } ? RegistrationOutcome.AlreadyRegistered : RegistrationOutcome.Registered,
            Find(registration.RoomId)!);
    }

    /// <summary>True when the observation of a room is not over.</summary>
    public bool IsActive(string roomId) => Find(roomId) is { IsActive: true };

    /// <summary>True when the room cannot be observed.</summary>
    public bool IsRejected(string roomId) => Find(roomId) is { Status: ObservationStatus.Rejected };

    /// <inheritdoc cref="IBridgeStore.UnregisterRoomAsync"/>
    public bool Unregister(string roomId, string source)
    {
        var isCommand = string.Equals(source, IntentSources.Command, StringComparison.Ordinal);
        if (Find(roomId) is not { } room)
            return false;

        if (isCommand && StoppedMeeting(room) is { } stopped)
            _suppress.Bind(1, roomId).Bind(2, stopped).Run();
        return wishes.Remove(room, source, isCommand);
    }

    /// <summary>The meeting that a command stops with the room; until the room is heard, it is whichever runs.</summary>
    private static string? StoppedMeeting(RoomRow room) =>
        room is { IsActive: true, HeardAt: null } ? AnyMeeting : room.MeetingId;

    /// <summary>
    /// True when a command stopped the meeting that an automatic source would register, or it is known to be over: what
    /// comes late does not begin it again. What a command, or a permalink, registers lifts that.
    /// </summary>
    private bool IsSuppressed(RoomRegistration registration)
    {
        if (!IntentSources.IsAutomatic(registration.Source))
        {
            _suppress.Bind(1, registration.RoomId).Bind(2, (string?)null).Run();
            return false;
        }

        if (registration.MeetingId is { } meetingId
            && Find(registration.RoomId) is { Status: ObservationStatus.Ended, Reason: MeetingEnded } room
            && string.Equals(room.MeetingId, meetingId, StringComparison.Ordinal))
        {
            return true;
        }

        _suppressed.Bind(1, registration.RoomId);
        var stopped = ReadAll(_suppressed, static row => row.TextOrNull(0)).SingleOrDefault();
        if (!string.Equals(stopped, AnyMeeting, StringComparison.Ordinal))
            return stopped is not null && string.Equals(stopped, registration.MeetingId, StringComparison.Ordinal);

        if (registration.MeetingId is not null)
            _suppress.Bind(1, registration.RoomId).Bind(2, registration.MeetingId).Run(); // it is this one
        return true;
    }

    /// <inheritdoc cref="IBridgeStore.ClaimRoomsAsync"/>
    public IReadOnlyList<RoomRow> Claim(string owner, TimeSpan lease, int limit)
    {
        _claim.Bind(1, owner).Bind(2, LeaseUntil(lease)).Bind(3, limit);
        var rooms = ReadAll(_claim, RoomColumns.Read);
        if (rooms.Count < limit)
        {
            _takeOver.Bind(1, owner).Bind(2, LeaseUntil(lease)).Bind(3, limit - rooms.Count).Bind(4, context.Now);
            rooms.AddRange(ReadAll(_takeOver, RoomColumns.Read));
        }

        return [.. rooms.OrderBy(room => room.StatusSince).ThenBy(room => room.RoomId, StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="IBridgeStore.RenewLeasesAsync"/>
    public IReadOnlyList<HeldRoom> Renew(string owner, TimeSpan lease)
    {
        _renew.Bind(1, owner).Bind(2, LeaseUntil(lease));
        return ReadAll(_renew, RoomColumns.ReadHeld);
    }

    /// <inheritdoc cref="IBridgeStore.ReleaseRoomAsync"/>
    public bool Release(string roomId, string owner, long epoch) =>
        _release.Bind(1, roomId).Bind(2, owner).Bind(3, epoch).Run() > 0;

    /// <inheritdoc cref="IBridgeStore.ReleaseRoomsAsync"/>
    public int ReleaseAll(string owner) => _releaseAll.Bind(1, owner).Run();

    public void Dispose()
    {
        _releaseAll.Dispose();
        _find.Dispose();
        _insert.Dispose();
        _beginAnew.Dispose();
        _claim.Dispose();
        _takeOver.Dispose();
        _renew.Dispose();
        _suppress.Dispose();
        _suppressed.Dispose();
        _release.Dispose();
    }

    private static List<T> ReadAll<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
                rows.Add(read(statement));
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }

    private RoomRow? Find(string roomId)
    {
        _find.Bind(1, roomId);
        return ReadAll(_find, RoomColumns.Read).SingleOrDefault();
    }

    private long LeaseUntil(TimeSpan lease) =>
        lease == Timeout.InfiniteTimeSpan ? RoomColumns.Forever : context.Now + (long)lease.TotalMilliseconds;
}
