using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>How a permalink is written in its columns.</summary>
internal static class PermalinkColumns
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All = "token, account, recurring, status, permalink_id, room_id, meeting_started_at, to_register";

    /// <summary>How many <see cref="All"/> are.</summary>
    public const int Count = 8;

    /// <summary>The permalink in the current row of a statement that answers <see cref="All"/>.</summary>
    public static PermalinkRow Read(NpgsqlDataReader row) => new()
    {
        Token = row.GetString(0),
        Account = row.GetString(1),
        IsRecurring = row.GetBoolean(2),
        Status = EnumNames<PermalinkStatus>.Find(row.GetString(3)) ?? PermalinkStatus.Waiting,
        PermalinkId = row.TextOrNull(4),
        RoomId = row.TextOrNull(5),
        MeetingStartedAt = row.TimeOrNull(6),
        IsToRegister = row.GetBoolean(7),
    };
}
