using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Rules;

/// <summary>A name that nobody emits is an alert that never comes.</summary>
public sealed class MetricNameTests
{
    [Fact]
    public async Task Metrics_ThatDashboardsAndAlertsName_AreThoseOfTheProgram()
    {
        var (emitted, scraped) = await EmittedMetrics.ReadAsync();
        var named = AlertExpressions().Concat(DashboardExpressions()).SelectMany(PromQl.Metrics).ToHashSet(StringComparer.Ordinal);

        Assert.True(named.Count > 15);
        var unknown = string.Join(' ', named.Except(emitted, StringComparer.Ordinal));
        Assert.True(unknown.Length == 0, $"Nobody emits: {unknown}");
        await AssertScrapedAsync(scraped, emitted);
    }

    /// <summary>Whoever fetches the metrics finds them under the names that an OTLP receiver gives them.</summary>
    private static async Task AssertScrapedAsync(string scraped, IReadOnlySet<string> emitted)
    {
        var ours = string.Concat(scraped.Split('\n').Where(static line => !line.Contains("dotnet_", StringComparison.Ordinal)).Select(static line => $"{line}\n"));
        var names = ours.Split('\n').Where(static line => line.StartsWith("eyeson_bridge_", StringComparison.Ordinal)).Select(static line => line.Split('{')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Contains("eyeson_bridge_start_time_seconds", names);
        Assert.Empty(names.Except(emitted, StringComparer.Ordinal));
        (await Tool.CheckMetricsAsync(ours)).AssertSuccess();
    }

    [Fact]
    public void Dashboards_Each_HoldsNoDatasourceOfItsMaker()
    {
        foreach (var dashboard in Dashboards())
        {
            var sources = Descendants(dashboard).OfType<JsonObject>()
                .Where(node => node["type"]?.ToString() is "prometheus" or "tempo")
                .Select(node => (string?)node["uid"])
                .OfType<string>()
                .Distinct(StringComparer.Ordinal);
            Assert.Equal(["${metrics}", "${traces}"], sources.Order(StringComparer.Ordinal));
            Assert.All(
                DashboardExpressions().SelectMany(PromQl.Selectors),
                found => Assert.Contains("job=\"$job\"", found.Selector, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Dashboards_Each_LeadsToTraces()
    {
        foreach (var dashboard in Dashboards())
        {
            var links = Descendants(dashboard).OfType<JsonObject>()
                .Select(node => (string?)(node["url"] is JsonValue value ? value : null))
                .OfType<string>()
                .ToList();

            Assert.True(links.Count >= 3);
            foreach (var link in links)
            {
                Assert.StartsWith("/explore?schemaVersion=1&panes=", link, StringComparison.Ordinal);
                var panes = JsonNode.Parse(Uri.UnescapeDataString(link["/explore?schemaVersion=1&panes=".Length..]))!;
                Assert.Equal("${traces}", panes.Text("a.datasource"));
                Assert.Contains("resource.service.name=\"${service}\"", Assert.Single(panes.List("a.queries")).Text("query"), StringComparison.Ordinal);
            }

            Assert.Contains(dashboard.List("panels"), panel => panel["datasource"]?["type"]?.ToString() is "tempo");
        }
    }

    [Fact]
    public async Task Dashboards_InTheChart_AreWholeInTheConfigMap()
    {
        var maps = await Rendering.OfKindAsync("telemetry", "ConfigMap");

        var map = Assert.Single(maps);
        Assert.Equal("monitoring", map.Text("metadata.namespace"));
        Assert.Equal("1", map.Text("metadata.labels.grafana_dashboard"));
        var file = Assert.Single(map.At("data").AsObject());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(file.Value!.GetValue<string>()), Assert.Single(Dashboards())));
    }

    private static IEnumerable<string> AlertExpressions() =>
        Yaml.File(Path.Combine(Tool.Chart, "rules", "eyeson-bridge.yaml")).List("groups")
            .SelectMany(group => group.List("rules"))
            .Select(rule => rule.Text("expr"));

    private static IEnumerable<JsonNode> Dashboards() =>
        Directory.EnumerateFiles(Path.Combine(Tool.Chart, "dashboards"), "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!);

    private static IEnumerable<string> DashboardExpressions() =>
        Dashboards().SelectMany(Descendants).OfType<JsonObject>()
            .Select(node => (string?)(node["expr"] as JsonValue) ?? (string?)(node["definition"] as JsonValue))
            .OfType<string>();

    private static IEnumerable<JsonNode> Descendants(JsonNode node) => node switch
    {
        JsonObject map => map.Select(pair => pair.Value).OfType<JsonNode>().SelectMany(Descendants).Prepend(map),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Descendants).Prepend(list),
        _ => [node],
    };
}
