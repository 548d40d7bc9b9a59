namespace EyesonBridge.Testing;

/// <summary>A folder of its own for a test, deleted in the end.</summary>
public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("eyeson-bridge-").FullName;

    /// <summary>Full path of a file or folder inside.</summary>
    public string Combine(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system, rather than failing a test that has passed.
        }
    }
}
