using EyesonBridge.Hosting;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;

namespace EyesonBridge.Cli.Demo;

/// <summary>A folder for the demo's store, gone afterwards.</summary>
internal sealed class DemoFolder : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    private DemoFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>Below the first place that can be written: in a container with a read-only root that is not the usual one.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static DemoFolder Create(CliSettings settings)
    {
        string[] places = [System.IO.Path.GetTempPath(), .. StoreFolder(settings), SharedMemory];
        foreach (var place in places)
        {
            try
            {
                var folder = System.IO.Path.Combine(place, $"eyeson-bridge-demo-{Guid.NewGuid():N}");
                Make(folder);
                return new DemoFolder(folder);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                // The next.
            }
        }

        throw new CommandFailure(
            $"The demo needs a folder for its store, and none of these can be written: {string.Join(", ", places)}. Mount one that can, and set TMPDIR to it.");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Make(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Where the bridge's own store is; the demo takes nothing else of its settings.</summary>
    private static IEnumerable<string> StoreFolder(CliSettings settings)
    {
        string? folder = null;
        try
        {
            folder = settings.Load()["Store:ConnectionString"] is { Length: > 0 } store
                ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(SqliteDatabase.PathOf(store)))
                : null;
        }
        catch (Exception unreadable) when (unreadable is StoreException or ConfigurationException or ArgumentException)
        {
            // Another store, or none: the demo does not need it.
        }

        return folder is null || !Directory.Exists(folder) ? [] : [folder];
    }
}
