using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

/// <summary>What scripts/build-image says about the images that it builds.</summary>
public sealed class BuildImageTests
{
    private static readonly string[] Files = ["scripts/build-image", "Dockerfile", "src/Directory.Build.props"];

    private static readonly (string Name, string? Value)[] Nowhere = [("RepositoryUrl", null), ("GITHUB_REPOSITORY", null), ("GITHUB_SERVER_URL", null), ("SOURCE_DATE_EPOCH", null)];

    [Fact]
    public async Task Print_WithTags_SaysVersionsAsMinVerDoes()
    {
        using var folder = new ScriptFolder(Files);
        await folder.GitAsync("init", "--quiet");
        await CommitAsync(folder);
        Assert.Equal("0.1.0-alpha.0.0", await VersionAsync(folder));
        await CommitAsync(folder);
        Assert.Equal("0.1.0-alpha.0.1", await VersionAsync(folder));
        await folder.GitAsync("tag", "v1.2.3-rc.1");
        Assert.Equal("1.2.3-rc.1", await VersionAsync(folder));
        await CommitAsync(folder);
        Assert.Equal("1.2.3-rc.1.1", await VersionAsync(folder));
        await folder.GitAsync("tag", "v1.2.3");
        Assert.Equal("1.2.3", await VersionAsync(folder));
        await CommitAsync(folder);
        await CommitAsync(folder);
        Assert.Equal("1.2.4-alpha.0.2", await VersionAsync(folder));
    }

    [Fact]
    public async Task Print_ACommit_SaysItsTimeAndWhetherFilesDiffer()
    {
        using var folder = new ScriptFolder(Files);
        await folder.GitAsync("init", "--quiet");
        await CommitAsync(folder);
        var commit = await folder.GitAsync("rev-parse", "HEAD");

        var labels = await PrintAsync(folder);
        Assert.Equal(commit, labels["REVISION"]);
        Assert.Equal("2026-02-03T03:05:06Z", labels["CREATED"]);
        Assert.Equal("https://example.com/eyeson-bridge", labels["SOURCE"]);

        await File.AppendAllTextAsync(folder.PathTo("Dockerfile"), "#\n", TestContext.Current.CancellationToken);
        Assert.Equal($"{commit}-dirty", (await PrintAsync(folder))["REVISION"]);
        Assert.Equal("1970-01-01T00:00:01Z", (await PrintAsync(folder, ("SOURCE_DATE_EPOCH", "1")))["CREATED"]);
        Assert.Equal("https://github.com/o/r", (await PrintAsync(folder, ("GITHUB_REPOSITORY", "o/r")))["SOURCE"]);
        Assert.Equal("https://git.example/x", (await PrintAsync(folder, ("GITHUB_REPOSITORY", "o/r"), ("RepositoryUrl", "https://git.example/x")))["SOURCE"]);
    }

    [Fact]
    public async Task Print_AFolderWithoutHistory_SaysTheVersionOfTheDockerfile()
    {
        using var folder = new ScriptFolder(Files);

        var labels = await PrintAsync(folder);

        Assert.EndsWith("-local", labels["VERSION"], StringComparison.Ordinal);
        Assert.Empty(labels["REVISION"]);
    }

    [Fact]
    public async Task Builds_WhoeverDoesThem_SetTheFour()
    {
        using var folder = new ScriptFolder(Files);
        var labels = (await PrintAsync(folder)).Keys;

        Assert.Equal(["VERSION", "REVISION", "CREATED", "SOURCE"], labels);
        var compose = Yaml.File(RepositoryRoot.PathTo("compose.yaml"));
        foreach (var service in (string[])["bridge", "simulator"])
        {
            var arguments = compose.At($"services.{service}.build.args").AsObject();
            Assert.Equal(labels, arguments.Select(static argument => argument.Key));
            Assert.All(arguments, static argument => Assert.StartsWith($"${{IMAGE_{argument.Key}:-", argument.Value!.GetValue<string>(), StringComparison.Ordinal));
        }

        var dockerfile = await File.ReadAllTextAsync(RepositoryRoot.PathTo("Dockerfile"), TestContext.Current.CancellationToken);
        foreach (var stage in dockerfile.Split("\nFROM ").Where(static stage => stage.Contains("\nLABEL ", StringComparison.Ordinal)))
        {
            foreach (var name in labels)
            {
                Assert.Contains($"\nARG {name}", stage, StringComparison.Ordinal);
                Assert.Contains($"org.opencontainers.image.{name.ToLowerInvariant()}=\"${{{name}}}\"", stage, StringComparison.Ordinal);
            }

            Assert.Contains("org.opencontainers.image.licenses=\"MIT\"", stage, StringComparison.Ordinal);
        }

        Assert.Contains(
            "\"$folder/build-image\" --engine",
            await File.ReadAllTextAsync(RepositoryRoot.PathTo("scripts", "test-image"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    private static async Task CommitAsync(ScriptFolder folder)
    {
        await folder.GitAsync("add", ".");
        await folder.GitAsync("commit", "--quiet", "--allow-empty", "--message=x");
    }

    private static async Task<string> VersionAsync(ScriptFolder folder) => (await PrintAsync(folder))["VERSION"];

    private static async Task<Dictionary<string, string>> PrintAsync(ScriptFolder folder, params (string Name, string? Value)[] environment)
    {
        var result = await folder.RunAsync("scripts/build-image", ["--print"], [.. Nowhere, .. environment]);
        result.AssertSuccess();
        return result.Output.TrimEnd().Split('\n').Select(static line => line.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
    }
}
