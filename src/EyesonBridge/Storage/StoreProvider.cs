namespace EyesonBridge.Storage;

/// <summary>What keeps the bridge's state.</summary>
internal enum StoreProvider
{
    /// <summary>A file; for one replica.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database, 14 or later.</summary>
    Postgres,
}
