using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>Whether the bridge could work with its SQLite store, which is there. Changes nothing of it, and brings no schema up to date.</summary>
internal static class SqliteCheckup
{
    /// <summary>What is found.</summary>
    /// <param name="connectionString">Names the store.</param>
    /// <exception cref="StoreException">The bridge could not use it.</exception>
    public static string Run(string connectionString)
    {
        var path = SqliteDatabase.PathOf(connectionString);
        return Guard(path, () => Run(path, IsInUse(path)));
    }

    /// <summary>True when the store has a schema that a bridge of this version would change.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public static bool IsOlder(string connectionString)
    {
        var path = SqliteDatabase.PathOf(connectionString);
        return Guard(path, () => SqliteDatabase.Inspect(path)) is > 0 and var schema && schema < SqliteSchema.Version;
    }

    private static string Run(string path, bool isInUse)
    {
        var schema = SqliteDatabase.Inspect(path);
        if (schema == 0)
            return isInUse ? "in use by a running bridge" : "empty: the bridge fills it when it starts";

        var waiting = CountWaiting(path);
        if (isInUse)
            return $"in use by a running bridge; {waiting}";
        if (schema != SqliteSchema.Version)
            return string.Create(CultureInfo.InvariantCulture, $"has schema {schema}, and the bridge brings it to {SqliteSchema.Version} when it starts; {waiting}");

        Probe(path);
        return $"writable; {waiting}";
    }

    private static T Guard<T>(string path, Func<T> look)
    {
        try
        {
            return look();
        }
        catch (SqliteException exception)
        {
            throw new StoreException(SqliteProblem.Describe(exception, path), exception);
        }
    }

    private static bool IsInUse(string path)
    {
        if (!File.Exists(path + StoreFileLock.Ending))
            return false;

        try
        {
            StoreFileLock.Acquire(path).Dispose();
            return false;
        }
        catch (StoreException inUse) when (inUse.IsInUse)
        {
            return true;
        }
    }

    private static string CountWaiting(string path)
    {
        using var connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadOnly);
        var count = SqliteStatement.ReadInt64(connection.Handle!, "SELECT count(*) FROM outbox");
        return string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "event" : "events")} waiting in its outbox");
    }

    private static void Probe(string path)
    {
        using var connection = SqliteDatabase.Open(path, SqliteOpenMode.ReadWrite);
        SqliteStatement.Execute(
            connection.Handle!, "INSERT INTO probe (id, written_at) VALUES (1, 0) ON CONFLICT (id) DO UPDATE SET written_at = 0");
    }
}
