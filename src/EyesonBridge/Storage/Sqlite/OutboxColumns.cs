namespace EyesonBridge.Storage.Sqlite;

/// <summary>How an entry of the outbox is written in its columns.</summary>
internal static class OutboxColumns
{
    /// <summary>What <see cref="Read"/> expects, in its order.</summary>
    public const string All = "id, room_id, sequence, event_id, type, payload, trace_parent, created_at, stream_id";

    /// <summary>The entry in the current row of a statement that answers <see cref="All"/>.</summary>
    public static OutboxEntry Read(SqliteStatement row, KnownTexts texts) => new(
        row.Int64(0),
        texts.Of(row.Utf8(1)),
        row.Int64(2),
        Guid.TryParse(row.Utf8(3), out var id) ? id : Guid.Empty, // it holds up its room when it is published, and nobody else now
        texts.Of(row.Utf8(4)),
        row.Bytes(5),
        row.TextOrNull(6),
        row.Time(7),
        row.IsNull(8) ? null : texts.Of(row.Utf8(8)));
}
