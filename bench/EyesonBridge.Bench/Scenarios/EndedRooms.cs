using Microsoft.Data.Sqlite;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Fills a store with observations that are over, as copies of one that the bridge itself has ended.</summary>
internal static class EndedRooms
{
    public static void Multiply(string path, int count)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(name) FROM pragma_table_info('rooms') WHERE name <> 'room_id'";
        var columns = (string)command.ExecuteScalar()!;
        command.CommandText = "SELECT count(*) FROM rooms WHERE status = 'ended'";
        if ((long)command.ExecuteScalar()! != 1)
            throw new BenchException("The room to copy has not ended.");

#pragma warning disable CA2100 // the names come from the table itself
        command.CommandText = $"""
            WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < $count)
            INSERT INTO rooms (room_id, {columns}) SELECT printf('%024d', 1000000 + n), {columns} FROM rooms, numbers
            """;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$count", count);
        command.ExecuteNonQuery();
    }
}
