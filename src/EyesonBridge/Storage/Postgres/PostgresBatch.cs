using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>The transaction of one batch of writes, for the thread that makes them.</summary>
internal sealed class PostgresBatch : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private Guid? _mark;

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

    /// <summary>Notes the number of the transaction, and by what it can be told afterwards whether it was made.</summary>
    /// <param name="isToBeMarked">True when it cannot simply be made once more. A mark is left then, unless events tell.</param>
    public void Sign(bool isToBeMarked)
    {
        if (isToBeMarked && Appended.Count == 0)
            TransactionId = Read(CommitMarks.Leave, static row => row.GetString(0), (_mark = Guid.NewGuid()).Value) is [var marked] ? marked : null;
        else
            TransactionId = Read("SELECT pg_current_xact_id_if_assigned()::text", static row => row.TextOrNull(0)).Single();
    }

    public void Commit() => _transaction.Commit();

    /// <summary>Looks, on another connection, what became of the transaction after the answer to its commit was lost.</summary>
    /// <returns>Null while it is not over. False when it left nothing, and can be made once more.</returns>
    public bool? HasCommitted(NpgsqlConnection connection)
    {
        try
        {
            using var ask = Command(connection, CommitMarks.Status, TransactionId);
            switch (ask.ExecuteScalar() as string)
            {
                case "in progress":
                    return null;
                case "committed":
                    using (var look = _mark is { } mark
                        ? Command(connection, CommitMarks.IsLeft, mark)
                        : Command(connection, CommitMarks.HasEvent, Appended.Select(static entry => entry.Id).ToArray(), Appended.Select(static entry => entry.EventId).ToArray()))
                    {
                        return look.ExecuteScalar() is true;
                    }

                default:
                    return false;
            }
        }
        catch (PostgresException exception) when (CommitMarks.IsUnknown(exception))
        {
            return false;
        }
    }

    public void Dispose() => _transaction.Dispose();

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        PostgresValues.Add(command.Parameters, values);
        return command;
    }
}
