using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>How a room is written in its columns.</summary>
internal static class RoomColumns
{
    /// <summary>What <see cref="ReadSummary"/> expects, in its order: columns that lie before the state in the file.</summary>
    public const string Summary =
        "room_id, account, wanted_by, wait_until, status, status_since, reason, heard_at, sequence, meeting_id, owner";

    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All = $"{Summary}, lease_until, epoch, positions, followed, intent, (SELECT stream_id FROM store), state";

    /// <summary>What <see cref="ReadHeld"/> expects, in its order.</summary>
    public const string Held = $"room_id, account, epoch, wanted_by <> '{Unwanted}', wait_until, intent";

    /// <summary><c>lease_until</c> of a lease without end. Time in which nothing could be written is added to it too.</summary>
    public const long Forever = long.MaxValue / 2;

    /// <summary><c>wanted_by</c> when nothing wants the room.</summary>
    public const string Unwanted = "[]";

    /// <summary>Sets what sums up the wishes of the room ?1: what they are, and the longest that one of them waits.</summary>
    public const string SumOfWishes = """
        wanted_by = (SELECT json_group_array(source) FROM (SELECT source FROM wishes WHERE room_id = ?1 ORDER BY source)),
        wait_until = (SELECT max(wait_until) FROM wishes WHERE room_id = ?1)
        """;

    /// <summary>True of rooms whose observation is not over.</summary>
    public const string IsActive = "status <> 'ended' AND status <> 'rejected'";

    /// <summary>True of the others; their index has the same words.</summary>
    public const string IsOver = "(status = 'ended' OR status = 'rejected')";

    /// <summary>True of rooms that somebody has to hold; the index of those that nobody holds has the same words.</summary>
    public const string IsClaimable = "((status <> 'ended' AND status <> 'rejected') OR followed = 1)";

    /// <summary>True of rooms that are over and that nobody has to act on; their index has the same words.</summary>
    public const string IsToRetire = "(status = 'ended' OR status = 'rejected') AND owner IS NULL AND followed = 0";

    /// <summary><c>wanted_by</c> when a command alone wants the room.</summary>
    public const string WantedByCommand = $"[\"{IntentSources.Command}\"]";

    private static readonly string[] Nothing = [];
    private static string? _streamId;
    private static readonly string[] Command = [IntentSources.Command];

    private static readonly string[] Statuses =
        [.. Enum.GetNames<ObservationStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Name(ObservationStatus status) => Statuses[(int)status];

    /// <summary>One that this version does not know must not end a list: whoever claims the room finds out.</summary>
    public static ObservationStatus Status(string name) => IsKnown(name) ? (ObservationStatus)Array.IndexOf(Statuses, name) : ObservationStatus.Waiting;

    public static string Write(IEnumerable<string> wantedBy) => JsonSerializer.Serialize([.. wantedBy.Order(StringComparer.Ordinal)], StorageJson.Default.StringArray);

    /// <summary>The room in the current row of a statement that answers <see cref="All"/>.</summary>
    public static RoomRow Read(SqliteStatement row) => new(ReadSummary(row))
    {
        LeaseUntil = row.Int64(11) >= Forever ? null : row.TimeOrNull(11),
        Epoch = row.Int64(12),
        Positions = row.TextOrNull(13),
        IsFollowed = row.Int64(14) != 0,
        Intent = row.Int64(15),
        StreamId = ReadStreamId(row.TextOrNull(16)),
        State = row.Bytes(17),
        Unreadable = !IsKnown(row.Text(4)) ? RoomParts.Status : IsReadable(row.Text(2)) ? null : RoomParts.WantedBy,
    };

    /// <summary>The room in the current row of a statement that answers <see cref="Summary"/>.</summary>
    public static RoomSummary ReadSummary(SqliteStatement row) => new()
    {
        RoomId = row.Text(0),
        Account = row.Text(1),
        WantedBy = ReadWantedBy(row.Text(2)),
        WaitUntil = row.TimeOrNull(3),
        Status = RoomColumns.Status(row.Text(4)),
        StatusSince = row.Time(5),
        Reason = row.TextOrNull(6),
        HeardAt = row.TimeOrNull(7),
        Sequence = row.Int64(8),
        MeetingId = row.TextOrNull(9),
        Owner = row.TextOrNull(10),
    };

    /// <summary>The room in the current row of a statement that answers <see cref="Held"/>.</summary>
    public static HeldRoom ReadHeld(SqliteStatement row) =>
        new(row.Text(0), row.Text(1), row.Int64(2), row.Int64(3) != 0, row.TimeOrNull(4), row.Int64(5));

    /// <summary>All rooms have the same one, and share it.</summary>
    private static string? ReadStreamId(string? text) =>
        Volatile.Read(ref _streamId) is { } known && string.Equals(known, text, StringComparison.Ordinal) ? known : _streamId = text;

    /// <summary>Most rooms are wanted by nothing or by a command, and share what says so. One row that cannot be read must not end a list.</summary>
    private static string[] ReadWantedBy(string text) => text switch
    {
        Unwanted => Nothing,
        WantedByCommand => Command,
        _ => TryReadWantedBy(text) ?? Nothing,
    };

    private static bool IsKnown(string status) => Array.IndexOf(Statuses, status) >= 0;

    private static bool IsReadable(string wantedBy) => wantedBy is Unwanted or WantedByCommand || TryReadWantedBy(wantedBy) is not null;

    private static string[]? TryReadWantedBy(string text)
    {
        try
        {
            var sources = JsonSerializer.Deserialize(text, StorageJson.Default.StringArray);
            return sources is null || sources.Contains(null) ? null : sources;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
