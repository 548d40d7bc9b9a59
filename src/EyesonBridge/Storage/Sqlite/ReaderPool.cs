namespace EyesonBridge.Storage.Sqlite;

/// <summary>Connections that read beside the writer, kept open with their statements while few are needed.</summary>
internal sealed class ReaderPool(SqliteDatabase database) : IDisposable
{
    private const int MostIdle = 4;

    private readonly Lock _gate = new();
    private readonly Stack<SqliteReads> _idle = new();
    private bool _isClosed;

    /// <summary>Reads over a connection that nobody else uses meanwhile.</summary>
    public T Read<T>(Func<SqliteReads, T> read)
    {
        var reads = Take();
        try
        {
            var result = read(reads);
            if (TryKeep(reads))
                reads = null;
            return result;
        }
        finally
        {
            reads?.Dispose(); // one too many, or something is wrong with it
        }
    }

    /// <summary>Closes the connections, each when it is no longer in use.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_idle.TryPop(out var reads))
                reads.Dispose();
        }
    }

    private SqliteReads Take()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out var reads))
                return reads;
        }

        var connection = database.OpenReader();
        try
        {
            return new SqliteReads(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private bool TryKeep(SqliteReads reads)
    {
        lock (_gate)
        {
            if (_isClosed || _idle.Count >= MostIdle)
                return false;

            _idle.Push(reads);
            return true;
        }
    }
}
