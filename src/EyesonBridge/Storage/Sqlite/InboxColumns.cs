using System.Text.Json;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>How an inbox entry is written in its columns.</summary>
internal static class InboxColumns
{
    private static readonly string[] Kinds = [.. Enum.GetNames<InboxKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    public static string Name(InboxKind kind) => Kinds[(int)kind];

    /// <summary>The entry in the current row of <c>SELECT id, room_id, account, kind, body, received_at</c>.</summary>
    public static InboxEntry Read(SqliteStatement row) => new(
        row.Int64(0), row.Text(1), row.Text(2), (InboxKind)Array.IndexOf(Kinds, row.Text(3)), row.Bytes(4), row.Time(5));
}
