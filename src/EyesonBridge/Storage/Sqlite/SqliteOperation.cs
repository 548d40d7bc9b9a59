using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Sqlite;

/// <summary>A write to the file.</summary>
internal abstract class SqliteOperation(long bytes) : WriteOperation(bytes)
{
    /// <summary>Makes its changes inside the transaction.</summary>
    public abstract void Run(SqliteWriteContext context);
}
