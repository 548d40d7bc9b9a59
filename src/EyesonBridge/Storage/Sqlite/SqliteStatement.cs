using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// A prepared statement. It speaks to the library directly, because this is the hot path: values are bound without
/// boxing and payloads without a copy of ours, and a lock is reported at once, where <see cref="SqliteCommand"/> would
/// sleep and repeat by itself.
/// </summary>
/// <remarks>Parameters and columns are numbered as SQLite does: parameters from 1, columns from 0.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const int ShortText = 128;
    private const int TextOfGuid = 36;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <summary>Prepares the statement.</summary>
    /// <exception cref="SqliteException">The text is wrong, or the database cannot be read.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Rows that the last insert, update or delete changed.</summary>
    public int Changes => raw.sqlite3_changes(_database);

    /// <summary>Runs SQL that answers nothing.</summary>
    public static void Execute(sqlite3 database, string sql) =>
        SqliteException.ThrowExceptionForRC(raw.sqlite3_exec(database, sql), database);

    /// <summary>The key that the last insert was given.</summary>
    public static long LastInsertId(sqlite3 database) => raw.sqlite3_last_insert_rowid(database);

    /// <summary>Ends a transaction that is still open; nothing happens without one.</summary>
    public static void RollBack(sqlite3 database)
    {
        if (raw.sqlite3_get_autocommit(database) == 0)
            raw.sqlite3_exec(database, "ROLLBACK");
    }

    /// <summary>Runs a query once and reads the number it answers.</summary>
    public static long ReadInt64(sqlite3 database, string sql)
    {
        using var statement = new SqliteStatement(database, sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Runs a query once and reads the text it answers.</summary>
    public static string? ReadText(sqlite3 database, string sql)
    {
        using var statement = new SqliteStatement(database, sql);
        return statement.Step() ? statement.TextOrNull(0) : null;
    }

    public SqliteStatement Bind(int index, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, index, value));
        return this;
    }

    public SqliteStatement Bind(int index, DateTimeOffset? time)
    {
        Check(time is { } value
            ? raw.sqlite3_bind_int64(_statement, index, value.ToUnixTimeMilliseconds())
            : raw.sqlite3_bind_null(_statement, index));
        return this;
    }

    public SqliteStatement Bind(int index, string? text)
    {
        switch (text)
        {
            case null:
                Check(raw.sqlite3_bind_null(_statement, index));
                break;
            case { Length: > 0 and <= ShortText }: // almost always, and without an array for it
                Span<byte> utf8 = stackalloc byte[ShortText * 3];
                Check(raw.sqlite3_bind_text(_statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]));
                break;
            default:
                Check(raw.sqlite3_bind_text(_statement, index, text));
                break;
        }

        return this;
    }

    /// <summary>Binds the text of an id.</summary>
    public SqliteStatement Bind(int index, Guid id)
    {
        Span<byte> utf8 = stackalloc byte[TextOfGuid];
        id.TryFormat(utf8, out _);
        Check(raw.sqlite3_bind_text(_statement, index, utf8));
        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlyMemory<byte>? bytes)
    {
        Check(bytes switch
        {
            null => raw.sqlite3_bind_null(_statement, index),
            { IsEmpty: true } => raw.sqlite3_bind_zeroblob(_statement, index, 0),
            { } value => raw.sqlite3_bind_blob(_statement, index, value.Span),
        });
        return this;
    }

    /// <summary>Goes on to the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW)
            return true;
        if (result is not raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Runs a statement that answers nothing, and makes it ready for the next use.</summary>
    /// <returns>Rows changed.</returns>
    public int Run()
    {
        try
        {
            Step();
            return Changes;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Runs a statement that answers nothing, and keeps what is bound: for the next use, only what differs has to be.</summary>
    public void RunAndKeep()
    {
        try
        {
            Step();
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Makes the statement ready for the next use. What a step has thrown is not thrown again.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(_statement);
        raw.sqlite3_clear_bindings(_statement);
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A text as it is stored, until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Int64(column));

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    /// <summary>A copy of the bytes; empty for null.</summary>
    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, _database);
    }
}
