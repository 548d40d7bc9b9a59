namespace EyesonBridge.Cli.Demo;

/// <summary>A folder for the demo's store, gone afterwards.</summary>
internal sealed class DemoFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("eyeson-bridge-demo-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
