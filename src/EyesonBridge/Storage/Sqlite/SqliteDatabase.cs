using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>A database file that this process alone works on, checked and brought up to date.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private const int OpenTimeout = 5_000;
    private const int WriteTimeout = 250;
    private const int ReadTimeout = 5_000;
    private const int SmallestPage = 512;

    private readonly StoreFileLock _lock;

    private SqliteDatabase(string path, StoreFileLock fileLock, StoreSpace space, FilesInPlace files, bool hasFormerLeases)
    {
        Path = path;
        _lock = fileLock;
        Space = space;
        Files = files;
        HasFormerLeases = hasFormerLeases;
    }

    /// <summary>Full path of the database file.</summary>
    public string Path { get; }

    /// <summary>The room that it has on its disk.</summary>
    public StoreSpace Space { get; }

    /// <summary>Whether its files are still where they were.</summary>
    public FilesInPlace Files { get; }

    /// <summary>True when the disk had no room to void the leases of former holders: that is still to be done, before a claim.</summary>
    public bool HasFormerLeases { get; }

    /// <summary>Takes the file for this process alone, creating it and its folder when they are missing.</summary>
    /// <param name="connectionString">Names the file.</param>
    /// <param name="space">Tells the room on the disk of a folder.</param>
    /// <param name="time">Clock of the looks at it.</param>
    /// <param name="logger">Logger.</param>
    /// <exception cref="StoreException">The file cannot be used; it is as it was.</exception>
    public static SqliteDatabase Take(string connectionString, Func<string, DiskSpace?> space, TimeProvider time, ILogger logger)
    {
        var path = PathOf(connectionString);
        try
        {
            StoreFiles.CreateFolder(System.IO.Path.GetDirectoryName(path)!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"Cannot create the folder of the store {path}: {exception.Message} Choose another path, or make the parent folder writable for the user that the bridge runs as.",
                exception);
        }

        var fileLock = StoreFileLock.Acquire(path);
        try
        {
            var room = new StoreSpace(path, space, time);
            room.Prepare();
            Inspect(path);
            StoreFiles.CreateDatabase(path);
            var hasFormerLeases = !Prepare(path, fileLock, logger);
            StoreFiles.Warn(path, logger);
            return new SqliteDatabase(path, fileLock, room, new FilesInPlace(path, fileLock, time), hasFormerLeases);
        }
        catch (SqliteException exception)
        {
            fileLock.Dispose();
            throw new StoreException(SqliteProblem.Describe(exception, path), exception);
        }
        catch (IOException exception)
        {
            fileLock.Dispose();
            throw new StoreException(
                $"Cannot use {path}.lock, which guards the store: {exception.Message} Check that the disk is not full.", exception);
        }
        catch
        {
            fileLock.Dispose();
            throw;
        }
    }

    /// <summary>Opens the one connection that writes.</summary>
    public SqliteConnection OpenWriter()
    {
        var connection = Open(Path, SqliteOpenMode.ReadWrite, WriteTimeout);
        SqliteStatement.Execute(connection.Handle!, Space.Pragmas);
        return connection;
    }

    /// <summary>Opens a connection that reads what is committed, beside the writer.</summary>
    public SqliteConnection OpenReader() => Open(Path, SqliteOpenMode.ReadOnly, ReadTimeout);

    /// <summary>The next start begins another stream, as after a restore.</summary>
    /// <exception cref="StoreException">The file of the lock cannot be written.</exception>
    public void ForgetStream() => _lock.Note("");

    /// <summary>Former lease holders are gone, or we would not hold the lock: no need to wait for their leases to end.</summary>
    public static int VoidLeases(sqlite3 database, ILogger logger)
    {
        using var takeOver = new SqliteStatement(database, "UPDATE rooms SET owner = NULL, lease_until = NULL WHERE owner IS NOT NULL");
        var rooms = takeOver.Run();
        if (rooms > 0)
            StorageLog.LeasesVoided(logger, rooms);
        return rooms;
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>The full path of the file that a connection string names; what is beside it is beside that file, not beside a link to it.</summary>
    /// <exception cref="StoreException">It names none.</exception>
    public static string PathOf(string connectionString)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new StoreException("The store's connection string cannot be read. It should look like 'Data Source=data/bridge.db'.", exception);
        }

        var source = builder.DataSource;
        if (source.Length == 0 || builder.Mode == SqliteOpenMode.Memory || source.StartsWith(':') || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
            throw new StoreException("The store must be a file. Its connection string should look like 'Data Source=data/bridge.db'.");
        return EndOfLinks(System.IO.Path.GetFullPath(source));
    }

    /// <summary>Looks at a file, read-only: one that we cannot work with stays as it is, down to its log.</summary>
    /// <returns>The version of its schema; 0 when it has none.</returns>
    /// <exception cref="StoreException">It is not a store, or a newer version of the bridge has made it.</exception>
    public static int Inspect(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 and var length })
            return 0;
        if (length < SmallestPage)
            throw new StoreException(SqliteProblem.NotADatabase(path)); // SQLite would take it for an empty file, and overwrite it

        using var connection = Open(path, SqliteOpenMode.ReadOnly, OpenTimeout);
        var database = connection.Handle!;
        var version = SqliteSchema.ReadVersion(database);
        var isOurs = SqliteStatement.ReadInt64(database, "PRAGMA application_id") == SqliteSchema.ApplicationId;
        if (!isOurs && SqliteStatement.ReadInt64(database, "SELECT count(*) FROM sqlite_schema") > 0)
            throw new StoreException($"The database {path} belongs to another program. Choose another path for the store.");
        if (version > SqliteSchema.Version)
        {
            throw new StoreException(
                $"The store {path} was written by a newer EyesonBridge (schema {version}, this program knows {SqliteSchema.Version}). Start that version or a later one, or restore a backup made before the newer version was first started.");
        }

        return version;
    }

    /// <summary>Opens a connection to a store that is there.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode) => Open(path, mode, OpenTimeout);

    /// <returns>False when the disk has no room for the last of it.</returns>
    private static bool Prepare(string path, StoreFileLock fileLock, ILogger logger)
    {
        using var connection = Open(path, SqliteOpenMode.ReadWriteCreate, OpenTimeout);
        var database = connection.Handle!;
        var mode = SqliteStatement.ReadText(database, "PRAGMA journal_mode = WAL");
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
            throw new StoreException($"The store {path} is on a file system without write-ahead logging (a network share?). Put it on a local disk.");

        var before = SqliteSchema.ReadVersion(database);
        SqliteSchema.Upgrade(database, SqliteSchema.Migrations);
        if (before is not 0 && before != SqliteSchema.Version)
            StorageLog.StoreMigrated(logger, path, before, SqliteSchema.Version);
        BeginStream(database, path, fileLock, hasStream: before >= SqliteSchema.FirstWithStream, logger);

        try
        {
            VoidLeases(database, logger);
            return true;
        }
        catch (SqliteException exception) when (SqliteProblem.IsDiskFull(exception))
        {
            return false;
        }
    }

    /// <summary>
    /// A database that is not the one that was here last goes on from an earlier moment: its numbers will be used a second time,
    /// for other events, which consumers have to be able to tell.
    /// </summary>
    private static void BeginStream(sqlite3 database, string path, StoreFileLock fileLock, bool hasStream, ILogger logger)
    {
        const string Read = "SELECT stream_id FROM store";
        var noted = fileLock.ReadNote();
        if (hasStream && string.Equals(noted, SqliteStatement.ReadText(database, Read), StringComparison.Ordinal))
            return;

        if (hasStream)
        {
            SqliteStatement.Execute(database, "UPDATE store SET stream_id = lower(hex(randomblob(8)))");
            StorageLog.StreamBegun(logger, path);
        }

        fileLock.Note(SqliteStatement.ReadText(database, Read)!);
    }

    private static string EndOfLinks(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The store {path} is a link that cannot be followed: {exception.Message} Name the file itself.", exception);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode, int timeout)
    {
        var connection = new SqliteConnection(ConnectionString(path, mode));
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, timeout);
            if (mode != SqliteOpenMode.ReadOnly)
            {
                // What is deleted is overwritten, or it would stay in the file until its place is needed.
                SqliteStatement.Execute(
                    connection.Handle!,
                    "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = ON");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString;
}
