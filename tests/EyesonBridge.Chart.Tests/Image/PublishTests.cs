using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>What the Dockerfile publishes: the program, and nothing that it does not need.</summary>
public sealed partial class PublishTests : IClassFixture<PublishTests.Published>
{
    private readonly Published _published;

    public PublishTests(Published published) => _published = published;

    [Fact]
    public void App_OfTheBridge_HoldsOneProgramWithoutSymbolsAndDocumentation()
    {
        var files = Directory.EnumerateFiles(_published.App, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_published.App, path)).ToList();

        Assert.DoesNotContain(files, static file => Path.GetExtension(file) is ".pdb" or ".xml");
        Assert.Equal("EyesonBridge.runtimeconfig.json", Assert.Single(files, static file => file.EndsWith(".runtimeconfig.json", StringComparison.Ordinal)));
        Assert.Equal("EyesonBridge", Assert.Single(files, static file => Path.GetExtension(file) is "" or ".exe"));
        Assert.Contains("EyesonBridge.dll", files);
        Assert.Contains("appsettings.json", files);
    }

    [Fact]
    public void Symbols_OfOurAssemblies_LieApart() =>
        Assert.Equal(
            ["EyesonBridge.Contracts.pdb", "EyesonBridge.Eyeson.pdb", "EyesonBridge.Simulator.pdb", "EyesonBridge.pdb"],
            Directory.EnumerateFiles(_published.Symbols).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public async Task BillOfMaterials_AsTheDockerfileMakesIt_NamesThePackagesOfTheApp()
    {
        var command = Bill().Match(Regex.Replace(await ReadAsync(RepositoryRoot.PathTo("Dockerfile")), @"\s*\\\n\s*", " ", RegexOptions.NonBacktracking)).Groups["arguments"].Value;
        var arguments = command.Replace("/out/sbom", _published.Bill, StringComparison.Ordinal).Replace("${VERSION}", "1.2.3", StringComparison.Ordinal).Split(' ');

        (await Tool.RunInAsync(RepositoryRoot.PathTo(), "dotnet", ["dotnet-CycloneDX", .. arguments])).AssertSuccess();

        var bill = JsonNode.Parse(await ReadAsync(Path.Combine(_published.Bill, "eyeson-bridge.cdx.json")))!;
        Assert.Equal("CycloneDX", (string?)bill["bomFormat"]);
        Assert.Equal("eyeson-bridge", (string?)bill["metadata"]!["component"]!["name"]);
        Assert.Equal("1.2.3", (string?)bill["metadata"]!["component"]!["version"]);
        var libraries = JsonNode.Parse(await ReadAsync(Path.Combine(_published.App, "EyesonBridge.deps.json")))!["libraries"]!.AsObject();
        Assert.Equal(
            libraries.Where(static library => (string?)library.Value!["type"] is "package").Select(static library => library.Key).Order(StringComparer.Ordinal),
            bill["components"]!.AsArray().Select(static component => $"{(string?)component!["name"]}/{(string?)component["version"]}").Order(StringComparer.Ordinal));
    }

    private static Task<string> ReadAsync(string path) => File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

    [GeneratedRegex("dotnet dotnet-CycloneDX (?<arguments>[^&]*) &&", RegexOptions.NonBacktracking)]
    private static partial Regex Bill();

    /// <summary>Published once, from what is built already. The image is also compiled ahead of time, which changes no names.</summary>
    public sealed class Published : IAsyncLifetime
    {
        private readonly TempFolder _folder = new();

        public string App => _folder.Combine("app");

        public string Symbols => _folder.Combine("symbols");

        public string Bill => _folder.Combine("bill");

        public async ValueTask InitializeAsync()
        {
            Assert.Contains("-p:SymbolsDir=/out/symbols --output /out/bridge", await ReadAsync(RepositoryRoot.PathTo("Dockerfile")), StringComparison.Ordinal);
            var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
            var result = await Tool.RunInAsync(
                RepositoryRoot.PathTo(),
                "dotnet",
                ["publish", "src/EyesonBridge/EyesonBridge.csproj", "--no-build", "--configuration", configuration, $"-p:SymbolsDir={Symbols}", "--output", App, "-nologo"],
                ("MSBUILDDISABLENODEREUSE", "1"));
            result.AssertSuccess();
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
