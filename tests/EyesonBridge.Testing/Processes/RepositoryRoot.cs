namespace EyesonBridge.Testing.Processes;

/// <summary>Finds files of the repository from a test that runs in its output folder.</summary>
public static class RepositoryRoot
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>The absolute path of a file or folder, given by its parts below the root of the repository.</summary>
    /// <exception cref="DirectoryNotFoundException">The tests do not run inside the repository.</exception>
    public static string PathTo(params ReadOnlySpan<string> parts) => Path.Combine([Root.Value, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EyesonBridge.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No EyesonBridge.sln above {AppContext.BaseDirectory}.");
    }
}
