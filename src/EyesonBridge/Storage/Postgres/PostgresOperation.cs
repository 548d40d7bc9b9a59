using EyesonBridge.Storage.Writing;

namespace EyesonBridge.Storage.Postgres;

/// <summary>A write that shares its transaction with others.</summary>
internal abstract class PostgresOperation(long bytes) : WriteOperation(bytes);
