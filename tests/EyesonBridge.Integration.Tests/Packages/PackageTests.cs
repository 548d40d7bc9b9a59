using System.Reflection.PortableExecutable;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>What <c>dotnet pack</c> makes is what one publishes: no less, no more, and said properly.</summary>
[Collection(PackagesGroup.Name)]
public sealed class PackageTests(PackagesFixture packages)
{
    private static readonly string[] Libraries = ["EyesonBridge.Contracts", "EyesonBridge.Eyeson", "EyesonBridge.Simulator"];

    public static TheoryData<string> Published => [.. Libraries, "EyesonBridge"];

    [Fact]
    public void Pack_AtTheRoot_MakesWhatIsPublished()
    {
        var expected = Published.Select(row => row.Data).SelectMany(id => (string[])[$"{id}.{packages.Version}.nupkg", $"{id}.{packages.Version}.snupkg"]);

        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.EnumerateFiles(packages.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Published))]
    public async Task Package_OfEach_SaysWhatItIs(string id)
    {
        using var package = packages.Open(id);

        Assert.Equal("MIT", package.Text("license"));
        Assert.Equal("expression", (string?)package.Element("license")!.Attribute("type"));
        Assert.Equal("README.md", package.Text("readme"));
        Assert.StartsWith($"# {id}\n", package.Read("README.md"), StringComparison.Ordinal);
        Assert.Equal("icon.png", package.Text("icon"));
        Assert.Contains("icon.png", package.Files);
        Assert.NotEqual("Package Description", package.Text("description"));
        Assert.StartsWith("https://", package.Text("projectUrl"), StringComparison.Ordinal);
        var repository = package.Element("repository")!;
        Assert.Equal("git", (string?)repository.Attribute("type"));
        Assert.Equal(package.Text("projectUrl"), (string?)repository.Attribute("url"));
        Assert.Equal(await HeadAsync(), (string?)repository.Attribute("commit"), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("EyesonBridge.Contracts", "net8.0")]
    [InlineData("EyesonBridge.Contracts", "net10.0")]
    [InlineData("EyesonBridge.Eyeson", "net10.0")]
    [InlineData("EyesonBridge.Simulator", "net10.0")]
    public void Library_OfAFramework_IsReproducibleAndDocumentedAndHasSymbols(string id, string framework)
    {
        using var package = packages.Open(id);
        using var symbols = packages.Open(id, "snupkg");

        using var assembly = new PEReader(package.Open($"lib/{framework}/{id}.dll"));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        Assert.Contains($"lib/{framework}/{id}.xml", package.Files);
        Assert.Contains($"lib/{framework}/{id}.pdb", symbols.Files);
    }

    [Theory]
    [InlineData("EyesonBridge.Contracts")]
    [InlineData("EyesonBridge.Eyeson")]
    [InlineData("EyesonBridge.Simulator")]
    public void Library_Needs_NoOtherPackage(string id)
    {
        using var package = packages.Open(id);

        Assert.Empty(package.Dependencies);
    }

    /// <summary>The commit that is checked out; null in a folder of sources without history.</summary>
    private static async Task<string?> HeadAsync() => Path.Exists(RepositoryRoot.PathTo(".git"))
        ? (await DotnetCommand.RunAsync("git", RepositoryRoot.PathTo(), ["rev-parse", "HEAD"], TestContext.Current.CancellationToken)).Trim()
        : null;
}
