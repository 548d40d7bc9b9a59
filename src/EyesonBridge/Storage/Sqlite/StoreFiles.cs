namespace EyesonBridge.Storage.Sqlite;

/// <summary>
/// The store's files belong to the user that the bridge runs as, and nobody else can read them: there are tokens and what was
/// said in them. What is there already keeps the rights that somebody gave it.
/// </summary>
internal static class StoreFiles
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private static readonly string[] Endings = ["", "-wal", "-shm", ".lock"];

    /// <summary>Creates a folder and those above it that are missing.</summary>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnersFolder);
    }

    /// <summary>Opens a file, or creates it.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersFile;
        return new FileStream(path, options);
    }

    /// <summary>Creates an empty database, if there is none: SQLite gives its log and index the rights of that file.</summary>
    /// <exception cref="StoreException">It cannot be created.</exception>
    public static void CreateDatabase(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
            return;

        try
        {
            Open(path, FileShare.ReadWrite).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"Cannot create the store {path}: {exception.Message} Make the folder writable for the user that the bridge runs as, and check that the disk is not full.", exception);
        }
    }

    /// <summary>Says what other users of the machine can do with what was there already.</summary>
    public static void Warn(string path, ILogger logger)
    {
        if (OperatingSystem.IsWindows())
            return;

        var readable = new List<string>();
        foreach (var ending in Endings)
        {
            if (File.Exists(path + ending) && (File.GetUnixFileMode(path + ending) & Others) != UnixFileMode.None)
                readable.Add(path + ending);
        }

        if (readable.Count > 0)
            StorageLog.OpenToOthers(logger, string.Join(' ', readable), "read or write", $"chmod 600 {string.Join(' ', readable)}");

        var folder = Path.GetDirectoryName(path)!;
        var rights = File.GetUnixFileMode(folder);
        if (rights.HasFlag(UnixFileMode.OtherWrite) && !rights.HasFlag(UnixFileMode.StickyBit))
            StorageLog.OpenToOthers(logger, folder, "write to", $"chmod o-w {folder}");
    }
}
