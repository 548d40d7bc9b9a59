using EyesonBridge.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Storage;

/// <summary>The volume that the store is on, when it is a file.</summary>
internal sealed class StoreVolume(IOptions<StoreOptions> options)
{
    private readonly string? _folder = options.Value.Provider == StoreProvider.Sqlite
        ? Path.GetDirectoryName(Path.GetFullPath(SqliteDatabase.PathOf(options.Value.ConnectionString)))
        : null;

    /// <summary>Its size and what is free in it, as it is now; null when that is not known.</summary>
    public DiskSpace? Space => _folder is null ? null : DiskSpace.Of(_folder);
}
