using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The transaction of one batch of writes, for the thread that makes them.</summary>
internal sealed class PostgresBatch : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    public PostgresBatch(NpgsqlConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction();
    }

    /// <summary>Entries that the transaction adds to the outbox, in their order.</summary>
    public List<OutboxEntry> Appended { get; } = [];

    /// <summary>Entries that the transaction adds to the outbox, less those that it deletes.</summary>
    public long EntriesAdded { get; set; }

    /// <summary>The same for their payload.</summary>
    public long BytesAdded { get; set; }

    /// <summary>True when what is wanted has changed.</summary>
    public bool HasIntent { get; set; }

    /// <summary>The number of the transaction, by which its outcome can be asked for.</summary>
    public string? TransactionId { get; private set; }

    /// <summary>Notes what is added to the outbox.</summary>
    public void NoteAppended(OutboxEntry entry)
    {
        Appended.Add(entry);
        EntriesAdded++;
        BytesAdded += entry.Payload.Length;
    }

    /// <summary>Runs a statement; tells how many rows that changed.</summary>
    public int Run(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>All rows of a statement.</summary>
    public List<T> Read<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        using var command = Command(sql, values);
        return ReadAll(command, read);
    }

    /// <summary>All rows of a command.</summary>
    public static List<T> ReadAll<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read)
    {
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
            rows.Add(read(row));
        return rows;
    }

    /// <summary>A command in this transaction.</summary>
    public NpgsqlCommand Command(string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, _connection, _transaction);
        PostgresValues.Add(command.Parameters, values);
        return command;
    }

    /// <summary>Notes the number of the transaction; null when it has changed nothing.</summary>
    public void NoteTransactionId() =>
        TransactionId = Read("SELECT pg_current_xact_id_if_assigned()::text", static row => row.TextOrNull(0)).Single();

    public void Commit() => _transaction.Commit();

    public void Dispose() => _transaction.Dispose();
}
