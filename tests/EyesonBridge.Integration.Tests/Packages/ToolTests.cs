using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Packages;

/// <summary>The worker, installed as a tool from its package.</summary>
[Collection(PackagesGroup.Name)]
public sealed class ToolTests(PackagesFixture packages)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tool_Installed_Works()
    {
        var folder = packages.NewFolder("tool");
        await DotnetCommand.RunAsync(
            folder,
            ["tool", "install", "EyesonBridge", "--version", packages.Version, "--tool-path", folder, "--source", packages.Folder],
            Cancellation);

        Assert.Matches(@"^eyeson-bridge \d+\.\d+\.\d+\S* \(commit ([0-9a-f]{40}|unknown); \.NET 10\.\S+, \S+\)$", (await RunAsync("--version")).TrimEnd());
        Assert.Contains("Usage:\n  eyeson-bridge [command] [options]\n", await RunAsync("--help"), StringComparison.Ordinal);
        Assert.Contains("Usage:\n  eyeson-bridge observe <ROOM>... [options]\n", await RunAsync("observe", "--help"), StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", "contracts", "asyncapi.json"), Cancellation),
            await RunAsync("schema", "asyncapi"));

        // It brings its settings, and SQLite for this platform.
        Assert.Matches(@"\d+ messages of \d+ types, 0 missing\n$", await RunAsync("demo", "--in-memory", "--speed", "20"));

        Task<string> RunAsync(params string[] arguments) =>
            DotnetCommand.RunAsync(Path.Combine(folder, "eyeson-bridge"), folder, arguments, Cancellation);
    }
}
