using System.Text.Json;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Storage.Copying;

/// <summary>All that is copied, in this order: wishes refer to rooms.</summary>
internal static class CopiedTables
{
    /// <summary>Who publishes what waits of rooms that nobody observes: nobody who lives, so that the first replica takes it over.</summary>
    public const string Publisher = "store copy";

    private const string EventColumns = "id, room_id, sequence, event_id, type, trace_parent, created_at, payload, stream_id";
    private const string InboxColumns = "id, room_id, account, kind, body, received_at";

    public static IReadOnlyList<CopiedTable> All { get; } =
    [
        new(
            "rooms",
            "rooms",
            "room_id, account, wanted_by, wait_until, status, status_since, reason, heard_at, sequence, meeting_id, publisher, epoch, intent, followed, stopped_meeting, set_aside, positions, state",
            $"""
            SELECT room_id, account, wanted_by, wait_until, status, status_since, reason, heard_at, sequence, meeting_id,
                CASE WHEN room_id IN (SELECT room_id FROM outbox) THEN '{Publisher}' END,
                epoch, intent, followed, stopped_meeting, set_aside, positions, state
            FROM rooms ORDER BY room_id
            """,
            static row =>
            [
                row.Text(0), row.Text(1), WantedBy(row), NumberOrNull(row, 3), row.Text(4), row.Int64(5), row.TextOrNull(6), NumberOrNull(row, 7), row.Int64(8),
                row.TextOrNull(9), row.TextOrNull(10), row.Int64(11), row.Int64(12), row.Int64(13) != 0, row.TextOrNull(14), row.TextOrNull(15), row.TextOrNull(16),
                row.IsNull(17) ? null : row.Bytes(17),
            ],
            ["room_id", "sequence", "epoch", "intent", "status", "coalesce(length(state), 0)"],
            "room_id"),
        new(
            "retired_rooms",
            "rooms that were removed",
            "room_id, sequence, epoch, stopped_meeting",
            "SELECT room_id, sequence, epoch, stopped_meeting FROM retired_rooms ORDER BY room_id",
            static row => [row.Text(0), row.Int64(1), row.Int64(2), row.TextOrNull(3)],
            ["room_id", "sequence", "epoch"],
            "room_id"),
        new(
            "wishes",
            "registrations",
            "room_id, source, wait_until, meeting_at, at, intent",
            "SELECT room_id, source, wait_until, meeting_at, at, intent FROM wishes ORDER BY room_id, source",
            static row => [row.Text(0), row.Text(1), NumberOrNull(row, 2), NumberOrNull(row, 3), row.Int64(4), row.Int64(5)],
            ["room_id", "source", "intent"],
            "room_id, source"),
        new(
            "outbox",
            "events that wait",
            EventColumns,
            $"SELECT {EventColumns} FROM outbox ORDER BY id",
            Event,
            ["room_id", "sequence", "lower(CAST(event_id AS text))", "length(payload)"],
            "room_id, id"),
        new(
            "skipped",
            "skipped events",
            $"{EventColumns}, replay",
            $"SELECT {EventColumns}, replay FROM skipped ORDER BY id",
            static row => [.. Event(row), row.Int64(9) != 0],
            ["room_id", "sequence", "length(payload)"],
            "room_id, id"),
        new(
            "permalinks",
            "permalinks",
            PermalinkColumns.All,
            $"SELECT {PermalinkColumns.All} FROM permalinks ORDER BY rowid",
            static row =>
            [
                row.Text(0), row.Text(1), row.Int64(2) != 0, row.Text(3), row.TextOrNull(4), row.TextOrNull(5), NumberOrNull(row, 6), row.Int64(7) != 0,
            ],
            ["token", "status"],
            "token"),
        Inbox("inbox", "entries of inboxes"),
        Inbox("inbox_set_aside", "unreadable entries"),
    ];

    private static CopiedTable Inbox(string name, string words) => new(
        name,
        words,
        InboxColumns,
        $"SELECT {InboxColumns} FROM {name} ORDER BY id",
        static row => [row.Int64(0), row.Text(1), row.Text(2), row.Text(3), row.Bytes(4), row.Int64(5)],
        ["room_id", "kind", "length(body)"],
        "room_id, id");

    private static object?[] Event(SqliteStatement row) =>
    [
        row.Int64(0), row.Text(1), row.Int64(2), EventId(row), row.Text(4), row.TextOrNull(5), row.Int64(6), row.Bytes(7), row.TextOrNull(8),
    ];

    private static Guid EventId(SqliteStatement row) => Guid.TryParse(row.Text(3), out var id)
        ? id
        : throw new StoreException(
            $"The event with sequence {row.Int64(2)} of room {row.Text(1)} has no readable id, and is not published either. Take it out first: 'eyeson-bridge store skip {row.Text(1)}' when it is the first that waits, then delete it from the table 'skipped' of the SQLite store.");

    private static string[] WantedBy(SqliteStatement row)
    {
        try
        {
            if (JsonSerializer.Deserialize(row.Text(2), StorageJson.Default.StringArray) is { } sources && !sources.Contains(null))
                return [.. sources.Order(StringComparer.Ordinal)];
        }
        catch (JsonException)
        {
            // told below
        }

        throw new StoreException(
            $"What wants room {row.Text(0)} cannot be read. Start the bridge with the SQLite store once, which sets the room aside; then 'eyeson-bridge store repair {row.Text(0)}', and copy again.");
    }

    private static long? NumberOrNull(SqliteStatement row, int column) => row.IsNull(column) ? null : row.Int64(column);
}
