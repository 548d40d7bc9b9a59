using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Storage.Copying;

/// <summary>The SQLite store as people name it: by its file, or by a connection string.</summary>
internal static class SourceName
{
    /// <summary>The connection string; null for one of another database.</summary>
    public static string? ToConnectionString(string given)
    {
        try
        {
            if (new SqliteConnectionStringBuilder(given).DataSource.Length > 0)
                return given;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            if (IsOfAnotherDatabase(given))
                return null;
        }

        return new SqliteConnectionStringBuilder { DataSource = given }.ConnectionString;
    }

    private static bool IsOfAnotherDatabase(string given)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = given }.ContainsKey("Host");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
