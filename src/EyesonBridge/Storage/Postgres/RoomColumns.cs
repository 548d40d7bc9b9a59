using EyesonBridge.Contracts.V1;
using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>How a room is written in its columns.</summary>
internal static class RoomColumns
{
    /// <summary>What <see cref="ReadSummary"/> expects, in its order.</summary>
    public const string Summary = $"{Told}, r.owner";

    /// <summary>The same for lists: whose lease has ended owns nothing.</summary>
    public const string Listed = $"{Told}, CASE WHEN r.owner IN (SELECT p.owner FROM replicas p WHERE p.lease_until > clock_timestamp()) THEN r.owner END";

    /// <summary>What <see cref="Read"/> expects, in its order. The room is called r.</summary>
    public const string All = $"{Summary}, {Lease}, r.epoch, r.positions, r.followed, r.intent, (SELECT stream_id FROM store), r.state";

    /// <summary>What <see cref="ReadHeld"/> expects, in its order.</summary>
    public const string Held = "r.room_id, r.account, r.epoch, r.wanted_by <> '{}', r.wait_until, r.intent";

    /// <summary>True of rooms whose observation is not over; the words are those of the indexes, and so below.</summary>
    public const string IsActive = "status <> 'ended' AND status <> 'rejected'";

    /// <summary>True of the others.</summary>
    public const string IsOver = "(status = 'ended' OR status = 'rejected')";

    /// <summary>True of rooms that somebody has to hold.</summary>
    public const string IsClaimable = "((status <> 'ended' AND status <> 'rejected') OR followed)";

    /// <summary>True of rooms that are over and that nobody has to act on.</summary>
    public const string IsToRetire = "(status = 'ended' OR status = 'rejected') AND owner IS NULL AND NOT followed";

    /// <summary>Sets what sums up the wishes of the room $1: what they are, and the longest that one of them waits.</summary>
    public const string SumOfWishes = """
        wanted_by = ARRAY(SELECT source FROM wishes WHERE room_id = $1 ORDER BY source),
        wait_until = (SELECT max(wait_until) FROM wishes WHERE room_id = $1)
        """;

    private const string Told =
        "r.room_id, r.account, r.wanted_by, r.wait_until, r.status, r.status_since, r.reason, r.heard_at, r.sequence, r.meeting_id";

    private const string Lease =
        "(SELECT CASE WHEN isfinite(p.lease_until) THEN (extract(epoch FROM p.lease_until) * 1000)::bigint END FROM replicas p WHERE p.owner = r.owner)";

    private static readonly string[] Command = [IntentSources.Command];
    private static string? _streamId;

    /// <summary>True when the replica that an expression names is alive.</summary>
    public static string IsAlive(string owner) => $"EXISTS (SELECT FROM replicas p WHERE p.owner = {owner} AND p.lease_until > clock_timestamp())";

    /// <summary>The room in the current row of a statement that answers <see cref="All"/>.</summary>
    public static RoomRow Read(NpgsqlDataReader row) => new(ReadSummary(row))
    {
        LeaseUntil = row.TimeOrNull(11),
        Epoch = row.GetInt64(12),
        Positions = row.TextOrNull(13),
        IsFollowed = row.GetBoolean(14),
        Intent = row.GetInt64(15),
        StreamId = ReadStreamId(row.TextOrNull(16)),
        State = row.Bytes(17),
        Unreadable = EnumNames<ObservationStatus>.Find(row.GetString(4)) is null ? RoomParts.Status : null,
    };

    /// <summary>The room in the current row of a statement that answers <see cref="Summary"/>.</summary>
    public static RoomSummary ReadSummary(NpgsqlDataReader row) => new()
    {
        RoomId = row.GetString(0),
        Account = row.GetString(1),
        WantedBy = ReadWantedBy(row.GetFieldValue<string[]>(2)),
        WaitUntil = row.TimeOrNull(3),
        Status = Status(row.GetString(4)),
        StatusSince = row.Time(5),
        Reason = row.TextOrNull(6),
        HeardAt = row.TimeOrNull(7),
        Sequence = row.GetInt64(8),
        MeetingId = row.TextOrNull(9),
        Owner = row.TextOrNull(10),
    };

    /// <summary>The room in the current row of a statement that answers <see cref="Held"/>.</summary>
    public static HeldRoom ReadHeld(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.TimeOrNull(4), row.GetInt64(5));

    /// <summary>One that this version does not know must not end a list: whoever claims the room finds out.</summary>
    public static ObservationStatus Status(string name) => EnumNames<ObservationStatus>.Find(name) ?? ObservationStatus.Waiting;

    /// <summary>All rooms have the same one, and share it.</summary>
    private static string? ReadStreamId(string? text) =>
        Volatile.Read(ref _streamId) is { } known && string.Equals(known, text, StringComparison.Ordinal) ? known : _streamId = text;

    /// <summary>Most rooms are wanted by nothing or by a command, and share what says so.</summary>
    private static string[] ReadWantedBy(string[] sources) => sources switch
    {
        [] => [],
        [IntentSources.Command] => Command,
        _ => sources,
    };
}
