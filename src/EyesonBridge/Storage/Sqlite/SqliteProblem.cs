using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>What an error of SQLite means for the bridge.</summary>
internal static class SqliteProblem
{
    private const int NoSpace = 28; // ENOSPC
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>
    /// True when the database as a whole cannot be written at the moment: repeating helps once the cause is gone. False
    /// when the statement itself is at fault: repeating it would fail again.
    /// </summary>
    public static bool IsOfTheStore(SqliteException exception) => exception.SqliteErrorCode is not (
        raw.SQLITE_ERROR or raw.SQLITE_INTERNAL or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH or raw.SQLITE_MISUSE
        or raw.SQLITE_RANGE or raw.SQLITE_TOOBIG or raw.SQLITE_SCHEMA or raw.SQLITE_ABORT);

    /// <summary>True when there is no room left on the disk.</summary>
    public static bool IsDiskFull(SqliteException exception) =>
        exception.SqliteErrorCode == raw.SQLITE_FULL || exception.SqliteExtendedErrorCode == raw.SQLITE_IOERR_SHMSIZE; // of the index of the log, when it has to grow

    /// <summary>The same of what kept the store from being opened.</summary>
    public static bool IsDiskFull(StoreException exception) => exception.InnerException switch
    {
        SqliteException cause => IsDiskFull(cause),
        IOException { HResult: NoSpace or NoSpaceOnWindows } => true,
        _ => false,
    };

    /// <summary>What is wrong and what to do, for people.</summary>
    public static string Describe(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        _ when IsDiskFull(exception) => $"The disk that holds the store {path} is full. Free or add space there.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL =>
            $"Another program has locked the store {path} (a backup, or a sqlite3 shell?). Let it finish, or stop it.",
        _ when exception.SqliteExtendedErrorCode == raw.SQLITE_READONLY_DBMOVED =>
            $"The store {path}, its log {path}-wal or its lock {path}{StoreFileLock.Ending} was removed or replaced while the bridge ran. Nothing is written until it is back. When it is gone, restart the bridge: it goes on with what is there.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH =>
            $"The store {path} is read-only. Make the file and its folder writable for the user that the bridge runs as.",
        raw.SQLITE_CANTOPEN =>
            $"The store {path} cannot be opened. Check that the file and its folder exist and that the user that the bridge runs as can write there.",
        raw.SQLITE_NOTADB => NotADatabase(path),
        raw.SQLITE_CORRUPT => $"The store {path} is damaged. Keep a copy, then restore a backup or recover it with 'sqlite3 {path} .recover'.",
        raw.SQLITE_NOMEM => $"There is not enough memory to write to the store {path}. Give the bridge more memory.",
        raw.SQLITE_IOERR => string.Create(
            CultureInfo.InvariantCulture,
            $"The disk that holds the store {path} reports an I/O error ({exception.SqliteExtendedErrorCode}). Check the disk or volume, and any quota on it."),
        _ => $"SQLite cannot use the store {path}: {exception.Message}",
    };

    /// <summary>The words for a file of another kind.</summary>
    public static string NotADatabase(string path) =>
        $"The file {path} is not a SQLite database. Choose another path for the store, or move the file away.";
}
