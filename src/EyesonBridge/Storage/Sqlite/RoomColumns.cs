using System.Text.Json;
using EyesonBridge.Contracts.V1;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>How a room is written in its columns.</summary>
internal static class RoomColumns
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All =
        "room_id, account, wanted_by, wait_until, status, status_since, reason, heard_at, sequence, meeting_id, owner, lease_until, epoch, positions, followed, state";

    /// <summary><c>wanted_by</c> when nothing wants the room.</summary>
    public const string Unwanted = "[]";

    /// <summary>True of rooms whose observation is not over.</summary>
    public const string IsActive = "status <> 'ended' AND status <> 'rejected'";

    /// <summary>True of rooms that somebody has to hold; the index on claims has the same words.</summary>
    public const string IsClaimable = "((status <> 'ended' AND status <> 'rejected') OR followed = 1)";

    private static readonly string[] Statuses =
        [.. Enum.GetNames<ObservationStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Name(ObservationStatus status) => Statuses[(int)status];

    public static string Write(IEnumerable<string> wantedBy) => JsonSerializer.Serialize(wantedBy.Order(StringComparer.Ordinal));

    /// <summary>The room in the current row of a statement that answers <see cref="All"/>.</summary>
    public static RoomRow Read(SqliteStatement row) => new()
    {
        RoomId = row.Text(0),
        Account = row.Text(1),
        WantedBy = JsonSerializer.Deserialize<string[]>(row.Text(2)) ?? [],
        WaitUntil = row.TimeOrNull(3),
        Status = (ObservationStatus)Array.IndexOf(Statuses, row.Text(4)),
        StatusSince = row.Time(5),
        Reason = row.TextOrNull(6),
        HeardAt = row.TimeOrNull(7),
        Sequence = row.Int64(8),
        MeetingId = row.TextOrNull(9),
        Owner = row.TextOrNull(10),
        LeaseUntil = row.TimeOrNull(11),
        Epoch = row.Int64(12),
        Positions = row.TextOrNull(13),
        IsFollowed = row.Int64(14) != 0,
        State = row.Bytes(15),
    };
}
