using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>What an operator does to single rooms, beside the replicas that run.</summary>
internal sealed class PostgresRepair : IStoreRepair
{
    private const string News = "command "; // who says it is none of the replicas

    private readonly PostgresDatabase _database;

    private PostgresRepair(PostgresDatabase database) => _database = database;

    /// <summary>Where the store is, for people.</summary>
    public static string Place(StoreOptions options) => PostgresSettings.Place(PostgresSettings.Complete(options));

    /// <summary>Opens the store; null when the database has none yet.</summary>
    /// <exception cref="StoreException">It cannot be used, or is of another version.</exception>
    public static async Task<PostgresRepair?> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        var repair = new PostgresRepair(PostgresDatabase.Of(options));
        try
        {
            var version = await repair.GuardAsync(
                async connection =>
                {
                    await repair._database.RequireServerAsync(connection, cancellationToken);
                    return await PostgresSchema.ReadVersionAsync(connection, cancellationToken);
                },
                cancellationToken);
            if (version == PostgresSchema.Version)
                return repair;
            if (version != 0)
            {
                throw new StoreException(
                    $"The store in {repair._database.Place} has schema {version}; this program works with schema {PostgresSchema.Version}. Use the version of the bridge that runs with it.");
            }

            await repair.DisposeAsync();
            return null;
        }
        catch
        {
            await repair.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SetAsideCount>> ListAsync(CancellationToken cancellationToken) => await GuardAsync(
        static connection => new PostgresSession(connection).ReadAsync(
            $"""
            SELECT room_id, set_aside, 1::bigint FROM rooms WHERE set_aside IS NOT NULL
            UNION ALL
            SELECT room_id, '{RoomParts.Inbox}', count(*) FROM inbox_set_aside GROUP BY room_id
            UNION ALL
            SELECT room_id, '{SetAsideCount.Skipped}', count(*) FROM skipped GROUP BY room_id
            ORDER BY 1, 2
            """,
            static row => new SetAsideCount(row.GetString(0), row.GetString(1), row.GetInt64(2))),
        cancellationToken);

    /// <inheritdoc/>
    public Task<RepairedRoom?> RepairAsync(string roomId, CancellationToken cancellationToken) => InTransactionAsync(
        async session =>
        {
            var part = await session.FindAsync(
                "SELECT set_aside FROM rooms WHERE room_id = $1 AND set_aside IS NOT NULL FOR UPDATE", static row => row.GetString(0), roomId);
            if (part is RoomParts.WantedBy)
            {
                await session.RunAsync(
                    $"""
                    INSERT INTO wishes (room_id, source, wait_until, at, intent)
                    SELECT room_id, '{IntentSources.Command}', wait_until, (extract(epoch FROM now()) * 1000)::bigint, intent FROM rooms
                    WHERE room_id = $1 AND {RoomColumns.IsActive} AND NOT EXISTS (SELECT FROM wishes WHERE room_id = $1)
                    """,
                    roomId);
                await session.RunAsync($"UPDATE rooms SET {RoomColumns.SumOfWishes} WHERE room_id = $1", roomId);
            }

            await session.RunAsync(
                $"""
                UPDATE rooms SET
                    state = CASE WHEN set_aside = '{RoomParts.State}' THEN NULL ELSE state END,
                    status = CASE WHEN set_aside = '{RoomParts.Status}' THEN '{EnumNames<Contracts.V1.ObservationStatus>.Of(Contracts.V1.ObservationStatus.Waiting)}' ELSE status END,
                    set_aside = NULL
                WHERE room_id = $1 AND set_aside IS NOT NULL
                """,
                roomId);
            var entries = await session.RunAsync("DELETE FROM inbox_set_aside WHERE room_id = $1", roomId);
            await session.ReadAsync(PostgresNews.Notify, static _ => true, PostgresNews.Channel, News + PostgresNews.Intent);
            return part is null && entries == 0 ? null : new RepairedRoom(part, entries);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<SkippedEvent?> SkipAsync(string roomId, CancellationToken cancellationToken) => InTransactionAsync(
        session => session.FindAsync(
            $"""
            WITH first AS (DELETE FROM outbox WHERE id = (SELECT id FROM outbox WHERE room_id = $1 ORDER BY id LIMIT 1 FOR UPDATE) RETURNING {OutboxColumns.All})
            INSERT INTO skipped ({OutboxColumns.All}) SELECT {OutboxColumns.All} FROM first
            RETURNING event_id, type, sequence, octet_length(payload)::bigint
            """,
            static row => new SkippedEvent(row.GetGuid(0).ToString(), row.GetString(1), row.GetInt64(2), row.GetInt64(3)),
            roomId),
        cancellationToken);

    /// <inheritdoc/>
    public Task<int> ReplayAsync(string roomId, CancellationToken cancellationToken) =>
        InTransactionAsync(session => session.RunAsync("UPDATE skipped SET replay = true WHERE room_id = $1", roomId), cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<T> InTransactionAsync<T>(Func<PostgresSession, Task<T>> change, CancellationToken cancellationToken) => GuardAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            var result = await change(new PostgresSession(connection));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        },
        cancellationToken);

    private async Task<T> GuardAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await _database.ConnectAsync(cancellationToken);
            return await use(connection);
        }
        catch (NpgsqlException refused)
        {
            throw new StoreException(PostgresConnectProblem.Describe(refused, _database.Place), refused);
        }
    }
}
