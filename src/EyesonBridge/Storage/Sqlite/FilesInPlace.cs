using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// Whether the files that were opened are still the ones at their paths. What is written to one that was removed or replaced is
/// gone when the process ends, and the system tells nobody. Used by the writer alone.
/// </summary>
/// <param name="path">Full path of the database.</param>
/// <param name="fileLock">The lock on it.</param>
/// <param name="time">Clock of the looks.</param>
internal sealed class FilesInPlace(string path, StoreFileLock fileLock, TimeProvider time)
{
    private const int HasMoved = 20; // SQLITE_FCNTL_HAS_MOVED

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly string _logPath = path + "-wal";
    private long _lookedAt;
    private bool _hadLog;
    private SqliteException? _problem;

    /// <summary>Looks now and then; costs nothing in between.</summary>
    /// <returns>Null when all are where they were.</returns>
    public SqliteException? LookIfDue(sqlite3 database)
    {
        if (_lookedAt == 0 || _problem is not null || time.GetElapsedTime(_lookedAt) >= LookEvery)
            Look(database);
        return _problem;
    }

    private void Look(sqlite3 database)
    {
        _lookedAt = time.GetTimestamp();
        var hasLog = File.Exists(_logPath);
        _problem = IsMoved(database) || (_hadLog && !hasLog) || fileLock.IsMoved
            ? new SqliteException("A file was removed or replaced.", raw.SQLITE_READONLY, raw.SQLITE_READONLY_DBMOVED)
            : null;
        _hadLog |= hasLog;
    }

    private static bool IsMoved(sqlite3 database)
    {
        var isMoved = 0;
        return FileControl(database, "main", HasMoved, ref isMoved) == raw.SQLITE_OK && isMoved != 0;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(sqlite3 database, [MarshalAs(UnmanagedType.LPStr)] string name, int operation, ref int result);
}
