using System.Text.Json;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>How a permalink is written in its columns.</summary>
internal static class PermalinkColumns
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All = "token, account, recurring, status, permalink_id, room_id, meeting_started_at, to_register";

    /// <summary>How many <see cref="All"/> are.</summary>
    public const int Count = 8;

    private static readonly string[] Statuses = [.. Enum.GetNames<PermalinkStatus>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Name(PermalinkStatus status) => Statuses[(int)status];

    /// <summary>The permalink in the current row of a statement that answers <see cref="All"/>.</summary>
    public static PermalinkRow Read(SqliteStatement row) => new()
    {
        Token = row.Text(0),
        Account = row.Text(1),
        IsRecurring = row.Int64(2) != 0,
        Status = (PermalinkStatus)Array.IndexOf(Statuses, row.Text(3)),
        PermalinkId = row.TextOrNull(4),
        RoomId = row.TextOrNull(5),
        MeetingStartedAt = row.TimeOrNull(6),
        IsToRegister = row.Int64(7) != 0,
    };
}
