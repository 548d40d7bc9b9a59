using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>What has Prometheus fetch the metrics.</summary>
public sealed class MonitorTests
{
    [Fact]
    public async Task ServiceMonitor_WhenEnabled_FindsTheManagementPortOfOneService()
    {
        var monitor = Assert.Single(await Rendering.OfKindAsync("scrape", "ServiceMonitor"));

        Assert.Equal("kube-prometheus-stack", monitor.Text("metadata.labels.release"));
        var endpoint = Assert.Single(monitor.List("spec.endpoints"));
        Assert.Equal(("management", "/metrics", "30s"), (endpoint.Text("port"), endpoint.Text("path"), endpoint.Text("interval")));
        var selected = (await Rendering.OfKindAsync("scrape", "Service")).Where(service => Matches(monitor, service.At("metadata.labels"))).ToList();
        Assert.Contains(Assert.Single(selected).List("spec.ports"), port => port.Text("name") is "management");
        Assert.Equal("cluster", endpoint.List("relabelings")[^1].Text("targetLabel"));
        Assert.Equal("drop", Assert.Single(endpoint.List("metricRelabelings")).Text("action"));
        Assert.Empty(await Rendering.OfKindAsync("scrape", "PodMonitor"));
        Assert.Empty(await Rendering.OfKindAsync("default", "ServiceMonitor"));
    }

    [Fact]
    public async Task PodMonitor_WhenEnabled_FindsThePod()
    {
        var monitor = Assert.Single(await Rendering.OfKindAsync("pod-monitor", "PodMonitor"));

        Assert.True(Matches(monitor, (await Rendering.StatefulSetAsync("pod-monitor")).At("spec.template.metadata.labels")));
        var endpoint = Assert.Single(monitor.List("spec.podMetricsEndpoints"));
        Assert.Contains((await Rendering.BridgeAsync("pod-monitor")).List("ports"), port => string.Equals(port.Text("name"), endpoint.Text("port"), StringComparison.Ordinal));
        Assert.Equal(["shared/meetings-bridge", "the-only-one"], endpoint.List("relabelings").Select(relabeling => relabeling.Text("replacement")));
        Assert.Empty(await Rendering.OfKindAsync("pod-monitor", "ServiceMonitor"));
    }

    /// <summary>Alerts and dashboards select by these two: they must not depend on how the metrics come.</summary>
    [Fact]
    public async Task Names_OfWhatIsScraped_AreThoseOfOtlp()
    {
        var relabelings = Assert.Single(Assert.Single(await Rendering.OfKindAsync("scrape", "ServiceMonitor")).List("spec.endpoints")).List("relabelings");
        var overOtlp = (await Rendering.BridgeAsync("telemetry")).Variable("OTEL_RESOURCE_ATTRIBUTES")!;

        Assert.Equal(("job", "eyeson-bridge"), (relabelings[0].Text("targetLabel"), relabelings[0].Text("replacement")));
        Assert.Equal(("instance", "."), (relabelings[1].Text("targetLabel"), relabelings[1].Text("separator")));
        Assert.Equal(
            ["__meta_kubernetes_namespace", "__meta_kubernetes_pod_name"],
            relabelings[1].List("sourceLabels").Select(label => label.GetValue<string>()));
        Assert.StartsWith("service.instance.id=$(POD_NAMESPACE).$(POD_NAME),", overOtlp, StringComparison.Ordinal);
    }

    private static bool Matches(JsonNode monitor, JsonNode labels) =>
        monitor.At("spec.selector.matchLabels").AsObject().All(pair => string.Equals(pair.Value!.ToString(), labels[pair.Key]?.ToString(), StringComparison.Ordinal));
}
