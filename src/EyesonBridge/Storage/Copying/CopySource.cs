using EyesonBridge.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Copying;

/// <summary>The SQLite store that is copied: no bridge has it meanwhile, and all is read as of one moment.</summary>
internal sealed class CopySource : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteConnection _connection;

    private CopySource(SqliteDatabase database, SqliteConnection connection)
    {
        _database = database;
        _connection = connection;
        SqliteStatement.Execute(Database, "BEGIN");
        StreamId = SqliteStatement.ReadText(Database, "SELECT stream_id FROM store")!;
    }

    /// <summary>Full path of the file.</summary>
    public string Path => _database.Path;

    /// <summary>The history in which its events are numbered.</summary>
    public string StreamId { get; }

    /// <summary>The highest number that a change of what is wanted was given.</summary>
    public long LastIntent => SqliteStatement.ReadInt64(Database, "SELECT intent FROM store");

    private sqlite3 Database => _connection.Handle!;

    /// <summary>Takes the store, and brings its schema up to date as a start of the bridge does.</summary>
    /// <exception cref="StoreException">It is not there, a bridge runs on it, or it cannot be used.</exception>
    public static CopySource Open(string connectionString, ILogger logger)
    {
        var path = SqliteDatabase.PathOf(connectionString);
        if (!File.Exists(path))
            throw new StoreException($"The store {path} does not exist. Name the one to copy with --from.");

        SqliteDatabase? database = null;
        SqliteConnection? connection = null;
        try
        {
            database = SqliteDatabase.Take(connectionString, DiskSpace.Of, TimeProvider.System, logger);
            connection = database.OpenReader();
            var source = new CopySource(database, connection);
            source.RequireWhole();
            return source;
        }
        catch (Exception exception)
        {
            connection?.Dispose();
            database?.Dispose();
            throw exception switch
            {
                StoreException { IsInUse: true } => new StoreException($"A bridge runs on the store {path}. Stop it, and copy again.", exception),
                SqliteException failed => new StoreException(SqliteProblem.Describe(failed, path), failed),
                _ => exception,
            };
        }
    }

    /// <summary>A statement on what is copied.</summary>
    public SqliteStatement Prepare(string sql) => new(Database, sql);

    /// <summary>How many rows a table has.</summary>
    public long Count(string table) => SqliteStatement.ReadInt64(Database, $"SELECT count(*) FROM {table}");

    /// <summary>The highest id that a table has ever given.</summary>
    public long LastId(string table) => SqliteStatement.ReadInt64(Database, $"SELECT seq FROM sqlite_sequence WHERE name = '{table}'");

    /// <summary>
    /// From now on the history goes on elsewhere: a bridge that starts on this file nevertheless gives its events another
    /// stream, as after a restore, so that consumers do not take them for those of the copy.
    /// </summary>
    /// <exception cref="StoreException">That cannot be noted.</exception>
    public void GiveUpStream() => _database.ForgetStream();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    /// <summary>With SQLite events are published as they lie there, over PostgreSQL by the rooms that they are of.</summary>
    private void RequireWhole()
    {
        if (SqliteStatement.ReadText(Database, "SELECT room_id FROM outbox WHERE room_id NOT IN (SELECT room_id FROM rooms) LIMIT 1") is { } orphan)
        {
            throw new StoreException(
                $"Events of room {orphan} wait in the store {Path}, but the room is gone. Start the bridge with it until they are published ('eyeson-bridge doctor' says how many wait), and copy again.");
        }
    }
}
