using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>What an operator does to single rooms of a file, beside the bridge that may have it open.</summary>
internal sealed class SqliteRepair : IStoreRepair, IDisposable
{
    private const int Timeout = 5_000;

    private readonly SqliteConnection _connection;

    private SqliteRepair(SqliteConnection connection) => _connection = connection;

    private sqlite3 Database => _connection.Handle!;

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It is not there, or of another version.</exception>
    public static SqliteRepair Open(string connectionString)
    {
        var path = SqliteDatabase.PathOf(connectionString);
        if (!File.Exists(path))
            throw StoreException.Missing(path);

        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, Timeout);
            if (SqliteSchema.ReadVersion(connection.Handle!) is var version && version != SqliteSchema.Version)
            {
                throw new StoreException(
                    $"The store {path} has schema {version}; this program works with schema {SqliteSchema.Version}. Use the version of the bridge that runs with it.");
            }

            SqliteStatement.Execute(connection.Handle!, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            return new SqliteRepair(connection);
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

    /// <inheritdoc cref="IStoreRepair.ListAsync"/>
    public IReadOnlyList<SetAsideCount> List() => Guard(() =>
    {
        using var statement = new SqliteStatement(Database, $"""
            SELECT room_id, set_aside, 1 FROM rooms WHERE set_aside IS NOT NULL
            UNION ALL
            SELECT room_id, '{RoomParts.Inbox}', count(*) FROM inbox_set_aside GROUP BY room_id
            UNION ALL
            SELECT room_id, '{SetAsideCount.Skipped}', count(*) FROM skipped GROUP BY room_id
            ORDER BY 1, 2
            """);
        var counts = new List<SetAsideCount>();
        while (statement.Step())
            counts.Add(new SetAsideCount(statement.Text(0), statement.Text(1), statement.Int64(2)));
        return counts;
    });

    /// <inheritdoc cref="IStoreRepair.RepairAsync"/>
    public RepairedRoom? Repair(string roomId) => InTransaction(() =>
    {
        string? part;
        using (var find = new SqliteStatement(Database, "SELECT set_aside FROM rooms WHERE room_id = ?1 AND set_aside IS NOT NULL"))
            part = find.Bind(1, roomId).Step() ? find.Text(0) : null;

        if (part is RoomParts.WantedBy)
        {
            Change($"""
                INSERT INTO wishes (room_id, source, wait_until, at, intent)
                SELECT room_id, '{IntentSources.Command}', wait_until, CAST(round(unixepoch('subsec') * 1000) AS INTEGER), intent FROM rooms
                WHERE room_id = ?1 AND {RoomColumns.IsActive} AND NOT EXISTS (SELECT 1 FROM wishes WHERE room_id = ?1)
                """);
            Change($"UPDATE rooms SET {RoomColumns.SumOfWishes} WHERE room_id = ?1");
        }

        Change($"""
            UPDATE rooms SET
                state = CASE WHEN set_aside = '{RoomParts.State}' THEN NULL ELSE state END,
                status = CASE WHEN set_aside = '{RoomParts.Status}' THEN '{RoomColumns.Name(Contracts.V1.ObservationStatus.Waiting)}' ELSE status END,
                set_aside = NULL
            WHERE room_id = ?1 AND set_aside IS NOT NULL
            """);
        var entries = Change("DELETE FROM inbox_set_aside WHERE room_id = ?1");
        return part is null && entries == 0 ? null : new RepairedRoom(part, entries);

        int Change(string sql)
        {
            using var statement = new SqliteStatement(Database, sql);
            return statement.Bind(1, roomId).Run();
        }
    });

    /// <inheritdoc cref="IStoreRepair.SkipAsync"/>
    public SkippedEvent? Skip(string roomId) => InTransaction(() =>
    {
        using var find = new SqliteStatement(
            Database, "SELECT id, event_id, type, sequence, length(payload) FROM outbox WHERE room_id = ?1 ORDER BY id LIMIT 1");
        if (!find.Bind(1, roomId).Step())
            return null;

        var (id, skipped) = (find.Int64(0), new SkippedEvent(find.Text(1), find.Text(2), find.Int64(3), find.Int64(4)));
        find.Reset();
        using var keep = new SqliteStatement(Database, $"INSERT INTO skipped ({OutboxColumns.All}) SELECT {OutboxColumns.All} FROM outbox WHERE id = ?1");
        keep.Bind(1, id).Run();
        using var delete = new SqliteStatement(Database, "DELETE FROM outbox WHERE id = ?1");
        delete.Bind(1, id).Run();
        return skipped;
    });

    /// <inheritdoc cref="IStoreRepair.ReplayAsync"/>
    public int Replay(string roomId) => InTransaction(() =>
    {
        using var statement = new SqliteStatement(Database, "UPDATE skipped SET replay = 1 WHERE room_id = ?1");
        return statement.Bind(1, roomId).Run();
    });

    Task<IReadOnlyList<SetAsideCount>> IStoreRepair.ListAsync(CancellationToken cancellationToken) => Task.Run(List, cancellationToken);

    Task<RepairedRoom?> IStoreRepair.RepairAsync(string roomId, CancellationToken cancellationToken) => Task.Run(() => Repair(roomId), cancellationToken);

    Task<SkippedEvent?> IStoreRepair.SkipAsync(string roomId, CancellationToken cancellationToken) => Task.Run(() => Skip(roomId), cancellationToken);

    Task<int> IStoreRepair.ReplayAsync(string roomId, CancellationToken cancellationToken) => Task.Run(() => Replay(roomId), cancellationToken);

    public void Dispose() => _connection.Dispose();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private T InTransaction<T>(Func<T> change) => Guard(() =>
    {
        SqliteStatement.Execute(Database, "BEGIN IMMEDIATE");
        try
        {
            var result = change();
            SqliteStatement.Execute(Database, "COMMIT");
            return result;
        }
        finally
        {
            SqliteStatement.RollBack(Database);
        }
    });

    private T Guard<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (SqliteException exception)
        {
            throw new StoreException(SqliteProblem.Describe(exception, _connection.DataSource), exception);
        }
    }
}
