using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing;

namespace EyesonBridge.Chart.Tests.Manifests;

public sealed class LintTests
{
    public static TheoryData<string> Names => Rendering.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Lint_EachFeature_IsClean(string name)
    {
        var result = await Tool.HelmAsync("lint", "--strict", Tool.Chart, "--values", Rendering.FileOf(name));

        result.AssertSuccess();
        Assert.DoesNotContain("[WARNING]", result.Output + result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KubernetesSchema_AllThatIsRendered_IsKept()
    {
        using var folder = new TempFolder();
        await Rendering.WriteAllAsync(folder);

        var result = await Tool.KubernetesCheckAsync(folder.Path);

        result.AssertSuccess();
    }

    [Fact]
    public async Task KubernetesSchema_AFieldThatIsUnknown_IsFound()
    {
        using var folder = new TempFolder();
        var text = await Rendering.TextAsync("default");
        await File.WriteAllTextAsync(
            folder.Combine("wrong.yaml"),
            text.Replace("enableServiceLinks:", "enableServiceLinkz:", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        var result = await Tool.KubernetesCheckAsync(folder.Path);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("'\"enableServiceLinkz\"' does not exist", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_OfTheChart_IsThatOfItsValues()
    {
        var result = await Tool.NodeAsync("scripts/chart-readme", "--check");

        result.AssertSuccess();
    }
}
