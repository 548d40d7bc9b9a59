using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// Copies a store as of one moment into a single file, beside a bridge that may have it open: that goes on writing meanwhile,
/// and its log grows until the copy is done.
/// </summary>
internal static class SqliteBackup
{
    private const string PartEnding = ".part";
    private const int Timeout = 5_000;
    private const long MostSpare = 64 * 1024 * 1024;

    /// <summary>
    /// Makes a backup. It has another stream than the store: whoever goes on from it uses numbers a second time, also where the
    /// lock of the store is still there and does not tell.
    /// </summary>
    /// <param name="connectionString">Names the store.</param>
    /// <param name="target">The file to make.</param>
    /// <param name="space">Tells the room on the disk of a folder.</param>
    /// <param name="cancellationToken">Breaks it off; nothing is left behind.</param>
    /// <exception cref="StoreException">It cannot be made; nothing is left behind.</exception>
    public static BackupResult Create(string connectionString, string target, Func<string, DiskSpace?> space, CancellationToken cancellationToken)
    {
        if (target.Length == 0)
            throw new StoreException("The path of the backup is empty. Name the file to make.");

        var (path, backup) = (SqliteDatabase.PathOf(connectionString), Path.GetFullPath(target));
        if (!File.Exists(path))
            throw StoreException.Missing(path);
        if (Path.Exists(backup))
            throw new StoreException($"{backup} exists already. A backup overwrites nothing: name another file, or move that one away.");

        using var store = Open(path, SqliteOpenMode.ReadOnly);
        try
        {
            RequireOurs(store, path);
            RequireSpace(store, backup, space);
            var part = CreatePart(backup);
            try
            {
                return Fill(store, path, part, backup, cancellationToken);
            }
            finally
            {
                File.Delete(part);
            }
        }
        catch (SqliteException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw exception.SqliteErrorCode == raw.SQLITE_FULL
                ? new StoreException($"The disk is full before {backup} is whole. Name a file on another one.", exception)
                : new StoreException(
                    $"Cannot back up {path} to {backup}: {exception.Message} Either of the two may be the cause: look at the disk of the backup first, and at the bridge's health for the store.",
                    exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Cannot write the backup {backup}: {exception.Message}", exception);
        }
    }

    private static BackupResult Fill(SqliteConnection store, string path, string part, string backup, CancellationToken cancellationToken)
    {
        using (cancellationToken.Register(() => raw.sqlite3_interrupt(store.Handle)))
        using (var copy = new SqliteStatement(store.Handle!, "VACUUM INTO ?1"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            copy.Bind(1, part).Run();
        }

        var result = Finish(path, part, backup);
        using (var file = new FileStream(part, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            file.Flush(flushToDisk: true);
        cancellationToken.ThrowIfCancellationRequested();
        File.Move(part, backup);
        return result;
    }

    /// <summary>Reads the copy once, gives it its stream, and says what is in it.</summary>
    private static BackupResult Finish(string path, string part, string backup)
    {
        using var connection = Open(part, SqliteOpenMode.ReadWrite);
        var database = connection.Handle!;
        if (SqliteStatement.ReadText(database, "PRAGMA quick_check(1)") is var found && !string.Equals(found, "ok", StringComparison.Ordinal))
            throw new StoreException($"The copy of the store {path} is damaged: {found}. Check the disk that {backup} is to be on.");

        var schema = SqliteSchema.ReadVersion(database);
        if (schema >= SqliteSchema.FirstWithStream)
            SqliteStatement.Execute(database, "UPDATE store SET stream_id = lower(hex(randomblob(8)))");
        return new BackupResult(
            path,
            backup,
            SqliteStatement.ReadInt64(database, "PRAGMA page_count") * SqliteStatement.ReadInt64(database, "PRAGMA page_size"),
            schema,
            SqliteStatement.ReadInt64(database, "SELECT count(*) FROM rooms"),
            SqliteStatement.ReadInt64(database, "SELECT count(*) FROM outbox"));
    }

    private static void RequireOurs(SqliteConnection store, string path)
    {
        if (SqliteStatement.ReadInt64(store.Handle!, "PRAGMA application_id") != SqliteSchema.ApplicationId)
            throw new StoreException($"The database {path} is not the store of a bridge.");
    }

    private static void RequireSpace(SqliteConnection store, string backup, Func<string, DiskSpace?> space)
    {
        var folder = Path.GetDirectoryName(backup)!;
        if (!Directory.Exists(folder))
            throw new StoreException($"The folder {folder} for the backup does not exist. Make it, for this user alone (mkdir -m 700).");

        var bytes = (SqliteStatement.ReadInt64(store.Handle!, "PRAGMA page_count") - SqliteStatement.ReadInt64(store.Handle!, "PRAGMA freelist_count"))
            * SqliteStatement.ReadInt64(store.Handle!, "PRAGMA page_size");
        if (space(folder) is { } disk && disk.Free - Math.Min(MostSpare, disk.Total / 8) < bytes)
        {
            throw new StoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The backup takes {bytes} bytes, and {disk.Free} are free where {backup} is to be; some of them have to stay free for a bridge on the same disk. Name a file on another one."));
        }
    }

    private static string CreatePart(string backup)
    {
        var part = backup + PartEnding;
        if (File.Exists(part))
            throw new StoreException($"{part} is there: another backup to the same place runs, or one was killed. Delete the file if none runs.");
        StoreFiles.Open(part, FileShare.ReadWrite).Dispose(); // SQLite fills an empty file, and keeps its rights
        return part;
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, Timeout);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new StoreException(SqliteProblem.Describe(exception, path), exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
