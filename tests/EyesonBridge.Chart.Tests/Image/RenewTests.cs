namespace EyesonBridge.Chart.Tests.Image;

/// <summary>scripts/renew-images, with a registry that is not Microsoft's.</summary>
public sealed class RenewTests
{
    private static readonly string[] Files = ["scripts/renew-images", "global.json", "Dockerfile", "samples/csharp/Dockerfile", "samples/node/Dockerfile"];

    private static readonly Dictionary<string, string[]> Tags = new(StringComparer.Ordinal)
    {
        ["sdk"] = ["9.0.499", "10.0", "10.0.499", "10.0.501", "10.0.499-noble", "10.0.409", "10.1.499"],
        ["aspnet"] = ["10.0.9", "10.0.100", "10.0.100-rc.1", "10.0.99", "11.0.101"],
    };

    [Fact]
    public async Task Renew_NewerPatches_ArePinnedInEachDockerfile()
    {
        using var folder = new ScriptFolder(Files);
        await using var registry = await FakeRegistry.StartAsync(Tags);
        var node = await ReadAsync(folder, "samples/node/Dockerfile");

        var result = await folder.RunAsync("scripts/renew-images", "--registry", registry.Url);

        result.AssertSuccess();
        foreach (var file in (string[])["Dockerfile", "samples/csharp/Dockerfile"])
        {
            var text = await ReadAsync(folder, file);
            Assert.Contains($"\nARG SDK=10.0.499@{FakeRegistry.Digest("sdk", "10.0.499")}\n", text, StringComparison.Ordinal);
            Assert.Contains($"\nARG RUNTIME=10.0.100@{FakeRegistry.Digest("aspnet", "10.0.100")}\n", text, StringComparison.Ordinal);
            Assert.Contains($"{file}: SDK=10.0.", result.Output, StringComparison.Ordinal);
        }

        Assert.Equal(node, await ReadAsync(folder, "samples/node/Dockerfile"));
        var again = await folder.RunAsync("scripts/renew-images", "--registry", registry.Url, "--check");
        again.AssertSuccess();
        Assert.Empty(again.Output);
    }

    [Fact]
    public async Task Check_NewerPatches_FailsAndWritesNothing()
    {
        using var folder = new ScriptFolder(Files);
        await using var registry = await FakeRegistry.StartAsync(Tags);
        var before = await ReadAsync(folder, "Dockerfile");

        var result = await folder.RunAsync("scripts/renew-images", "--registry", registry.Url, "--check");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("run scripts/renew-images", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync(folder, "Dockerfile"));
    }

    [Fact]
    public async Task Renew_NoSdkOfThatHundred_SaysSoAndWritesNothing()
    {
        using var folder = new ScriptFolder(Files);
        await using var registry = await FakeRegistry.StartAsync(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["sdk"] = ["10.0.302"], ["aspnet"] = ["10.0.99"] });
        var before = await ReadAsync(folder, "Dockerfile");

        var result = await folder.RunAsync("scripts/renew-images", "--registry", registry.Url);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("no tag of dotnet/sdk", result.Errors, StringComparison.Ordinal);
        Assert.Equal(before, await ReadAsync(folder, "Dockerfile"));
    }

    private static Task<string> ReadAsync(ScriptFolder folder, string file) => File.ReadAllTextAsync(folder.PathTo(file), TestContext.Current.CancellationToken);
}
