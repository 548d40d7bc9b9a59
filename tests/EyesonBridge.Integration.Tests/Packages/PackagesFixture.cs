using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes at the root of the repository, packed once.</summary>
public sealed class PackagesFixture : IAsyncLifetime
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly TempFolder _folder = new();

    /// <summary>Where the packages are.</summary>
    internal string Folder => _folder.Combine("packages");

    /// <summary>Their version; all have the same.</summary>
    internal string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // What the tests run in is built; packing it again would only take time.
        await DotnetCommand.RunAsync(
            RepositoryRoot.PathTo(), ["pack", "--configuration", Configuration, "--no-build", "--output", Folder, "-verbosity:quiet"], TestContext.Current.CancellationToken);
        using var contracts = Open("EyesonBridge.Contracts");
        Version = contracts.Version;
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder inside the fixture's, for what is made of the packages.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(_folder.Combine(name)).FullName;

    /// <summary>The package of that name.</summary>
    internal Package Open(string id, string extension = "nupkg") =>
        new(Directory.EnumerateFiles(Folder, $"{id}.*.{extension}").Single(file => char.IsAsciiDigit(Path.GetFileName(file)[id.Length + 1])));
}
