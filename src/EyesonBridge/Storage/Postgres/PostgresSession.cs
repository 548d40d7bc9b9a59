using Npgsql;

namespace EyesonBridge.Storage.Postgres;

/// <summary>Statements on one connection, in a transaction or not; what a commit will have changed.</summary>
/// <remarks>Statements are not cancelled: a transaction is short, and one that was begun is brought to its end.</remarks>
internal sealed class PostgresSession(NpgsqlConnection connection)
{
    /// <summary>True when what is wanted has changed.</summary>
    public bool HasIntent { get; set; }

    /// <summary>True when the permalinks that are watched have changed.</summary>
    public bool HasPermalinks { get; set; }

    /// <summary>True when others may find something that only one does.</summary>
    public bool HasDuties { get; set; }

    /// <summary>True when something was found of the key of an account.</summary>
    public bool HasKeys { get; set; }

    /// <summary>True when others may find something to claim.</summary>
    public bool IsNewsForOthers { get; set; }

    /// <summary>Runs a statement; tells how many rows that changed.</summary>
    public async Task<int> RunAsync(string sql, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>All rows of a statement.</summary>
    public async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        await using var command = Command(sql, values);
        return await ReadAsync(command, read, CancellationToken.None);
    }

    /// <summary>All rows of a statement that changes nothing and may take longer than others.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="seconds">For how long, unless commands may take longer anyway.</param>
    /// <param name="cancellationToken">Gives up; the connection goes with it.</param>
    public async Task<List<T>> ReadPatientlyAsync<T>(string sql, Func<NpgsqlDataReader, T> read, int seconds, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, []);
        if (command.CommandTimeout > 0)
            command.CommandTimeout = Math.Max(command.CommandTimeout, seconds);
        return await ReadAsync(command, read, cancellationToken);
    }

    /// <summary>The first row of a statement; null without one.</summary>
    public async Task<T?> FindAsync<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
        where T : class =>
        await ReadAsync(sql, read, values) is [var first, ..] ? first : null;

    /// <summary>The number in the only row and column of a statement.</summary>
    public async Task<long> NumberAsync(string sql, params object?[] values) =>
        (await ReadAsync(sql, static row => row.GetInt64(0), values)).Single();

    /// <summary>True when a statement answers a row.</summary>
    public async Task<bool> ExistsAsync(string sql, params object?[] values) =>
        (await ReadAsync(sql, static _ => true, values)).Count > 0;

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await row.ReadAsync(cancellationToken))
            rows.Add(read(row));
        return rows;
    }

    private NpgsqlCommand Command(string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        PostgresValues.Add(command.Parameters, values);
        return command;
    }
}
