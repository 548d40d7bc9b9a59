using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Cli.Doctor;

/// <summary>Whether a store that is not there yet could be created: tried with a file of no name that is gone at once.</summary>
internal static class StoreFolderCheck
{
    /// <exception cref="CommandFailure">It could not.</exception>
    public static string Run(string connectionString)
    {
        var path = Path.GetFullPath(SqliteDatabase.PathOf(connectionString));
        var folder = Path.GetDirectoryName(path)!;
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
            folder = above;
        try
        {
            var trial = Path.Combine(folder, $".eyeson-bridge-doctor-{Guid.NewGuid():N}");
            using var file = new FileStream(trial, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            file.Flush(flushToDisk: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(
                $"The store {path} does not exist, and cannot be created: the folder {folder} cannot be written ({refused.Message.TrimEnd('.')}). Make it writable for the user that the bridge runs as, check that the disk is not full, or correct Store:ConnectionString.");
        }

        return "does not exist yet: the bridge creates it when it starts"; // made here, it could belong to another user
    }
}
