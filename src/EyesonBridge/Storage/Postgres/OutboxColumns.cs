using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>How an entry of the outbox is written in its columns.</summary>
internal static class OutboxColumns
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All = "id, room_id, sequence, event_id, type, payload, trace_parent, created_at, stream_id";

    /// <summary>The entry in the current row of a statement that answers <see cref="All"/>.</summary>
    public static OutboxEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetGuid(3),
        row.GetString(4),
        row.Bytes(5),
        row.TextOrNull(6),
        row.Time(7),
        row.TextOrNull(8));
}
