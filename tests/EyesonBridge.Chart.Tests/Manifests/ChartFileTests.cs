using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>What Artifact Hub reads of the chart. It takes a list for nothing when it cannot be read.</summary>
public sealed class ChartFileTests
{
    private static readonly JsonObject Chart = Yaml.File(Path.Combine(Tool.Chart, "Chart.yaml"));

    private static readonly string[] Categories =
        ["ai-machine-learning", "database", "integration-delivery", "monitoring-logging", "networking", "security", "storage", "streaming-messaging", "skip-prediction"];

    private static readonly string[] Kinds = ["added", "changed", "deprecated", "removed", "fixed", "security"];

    [Fact]
    public void Annotations_ForArtifactHub_AreOnesThatItKnows()
    {
        Assert.Contains(Annotation("category"), Categories);
        Assert.Equal("false", Annotation("operator"));
        Assert.NotEmpty(Chart.List("maintainers"));
        Assert.All(Listed("links"), link => Assert.Equal(Uri.UriSchemeHttps, new Uri(link.Text("url")).Scheme));
        Assert.All(Listed("links"), link => Assert.NotEmpty(link.Text("name")));
        Assert.All(Listed("changes"), change => Assert.Contains(change.Text("kind"), Kinds));
        Assert.All(Listed("changes"), change => Assert.NotEmpty(change.Text("description")));
    }

    [Fact]
    public void License_OfTheChart_IsThatOfTheProgram()
    {
        var program = File.ReadAllText(RepositoryRoot.PathTo("Directory.Build.props"));

        Assert.Contains($"<PackageLicenseExpression>{Annotation("license")}</PackageLicenseExpression>", program, StringComparison.Ordinal);
    }

    private static string Annotation(string name) => Chart.At("annotations")[$"artifacthub.io/{name}"]!.ToString();

    /// <summary>A list that stands as text in an annotation.</summary>
    private static IReadOnlyList<JsonNode> Listed(string name)
    {
        var list = Yaml.Documents($"list:\n{Annotation(name)}")[0].List("list");
        Assert.NotEmpty(list);
        return list;
    }
}
