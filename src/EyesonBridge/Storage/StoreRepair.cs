using EyesonBridge.Storage.Postgres;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Storage;

/// <summary>Opens a store for an operator.</summary>
internal static class StoreRepair
{
    /// <summary>Opens it; null when there is no store yet.</summary>
    /// <exception cref="StoreException">It cannot be used, or is of another version.</exception>
    public static async Task<IStoreRepair?> OpenAsync(StoreOptions options, CancellationToken cancellationToken)
    {
        if (options.Provider == StoreProvider.Postgres)
            return await PostgresRepair.OpenAsync(options, cancellationToken);

        return SqliteStore.Exists(options.ConnectionString) ? SqliteRepair.Open(options.ConnectionString) : null;
    }

    /// <summary>Where it is, for people.</summary>
    public static string Place(StoreOptions options) =>
        options.Provider == StoreProvider.Postgres ? PostgresRepair.Place(options) : SqliteDatabase.PathOf(options.ConnectionString);
}
