using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Tests.Storage.Sqlite;

/// <summary>What SQLite means to do for the statements that a connection has prepared.</summary>
internal static class SqlitePlans
{
    /// <summary>A connection that remembers its statements.</summary>
    public static SqliteConnection Connect(SqliteFixture files)
    {
        var connection = files.Connect();
        connection.Handle!.enable_sqlite3_next_stmt(true);
        return connection;
    }

    /// <summary>The plan of each statement, a line for each step of it, by its text.</summary>
    public static IReadOnlyDictionary<string, string> Of(sqlite3 database)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        for (var statement = raw.sqlite3_next_stmt(database, null); statement is not null; statement = raw.sqlite3_next_stmt(database, statement))
            texts.Add(raw.sqlite3_sql(statement).utf8_to_string());
        return texts.ToDictionary(text => text, text => Explain(database, text), StringComparer.Ordinal);
    }

    private static string Explain(sqlite3 database, string text)
    {
        using var plan = new SqliteStatement(database, $"EXPLAIN QUERY PLAN {text}");
        var steps = new List<string>();
        while (plan.Step())
            steps.Add(plan.Text(3));
        return string.Join(Environment.NewLine, steps);
    }
}
