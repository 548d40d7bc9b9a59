using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Rules;

public sealed class RuleTests
{
    private static readonly string File = Path.Combine(Tool.Chart, "rules", "eyeson-bridge.yaml");

    private static IReadOnlyList<JsonNode> Alerts => [.. Yaml.File(File).List("groups").SelectMany(group => group.List("rules"))];

    [Fact]
    public async Task Rules_AsPrometheusReadsThem_AreValid()
    {
        var result = await Tool.PromtoolAsync("check", "rules", File);

        result.AssertSuccess();
    }

    [Fact]
    public async Task Alerts_OfMadeUpMetrics_SayWhatTheyShould()
    {
        var result = await Tool.PromtoolAsync("test", "rules", RepositoryRoot.PathTo("tests", "chart-checks", "alerts.yaml"));

        result.AssertSuccess();
    }

    [Fact]
    public void Alerts_Each_IsTried()
    {
        var tried = Yaml.File(RepositoryRoot.PathTo("tests", "chart-checks", "alerts.yaml")).List("tests")
            .SelectMany(test => test.List("alert_rule_test"))
            .Where(expectation => expectation.List("exp_alerts").Count > 0)
            .Select(expectation => expectation.Text("alertname"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Alerts.Select(alert => alert.Text("alert")).ToHashSet(StringComparer.Ordinal), tried);
    }

    [Fact]
    public void Alerts_Each_SaysHowBadItIsAndHasAnEntryInTheRunbook()
    {
        var entries = System.IO.File.ReadLines(RepositoryRoot.PathTo("docs", "operations.md"))
            .Where(static line => line.StartsWith("### EyesonBridge", StringComparison.Ordinal))
            .Select(static line => line["### ".Length..].Trim())
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(Alerts);
        foreach (var alert in Alerts)
        {
            var name = alert.Text("alert");
            Assert.Contains(alert.Text("labels.severity"), (string[])["warning", "critical"]);
            Assert.NotEmpty(alert.Text("annotations.summary"));
            Assert.NotEmpty(alert.Text("annotations.description"));
            Assert.Equal($"docs/operations.md#{name.ToLowerInvariant()}", alert.Text("annotations.runbook_url"));
            Assert.Contains(name, entries);
        }

        Assert.Equal(Alerts.Count, entries.Count);
    }

    [Fact]
    public void Alerts_Each_LooksAtTheBridgesOnly()
    {
        var selectors = Alerts.SelectMany(alert => PromQl.Selectors(alert.Text("expr"))).ToList();

        Assert.NotEmpty(selectors);
        Assert.All(selectors, found => Assert.Contains("job=~\"(.+/)?eyeson-bridge\"", found.Selector, StringComparison.Ordinal));
    }

    [Fact]
    public async Task PrometheusRule_OfTheChart_HasTheSameAlertsWithTheValuesFilledIn()
    {
        var rule = Assert.Single(await Rendering.OfKindAsync("telemetry", "PrometheusRule"));

        var alerts = rule.List("spec.groups").SelectMany(group => group.List("rules")).ToList();
        Assert.Equal(Alerts.Select(alert => alert.Text("alert")), alerts.Select(alert => alert.Text("alert")));
        Assert.Equal("kube-prometheus-stack", rule.Text("metadata.labels.release"));
        foreach (var alert in alerts)
        {
            Assert.Equal("meetings", alert.Text("labels.team"));
            Assert.NotEmpty(alert.Text("labels.severity"));
            Assert.StartsWith("https://wiki.example.com/eyeson-bridge/operations#", alert.Text("annotations.runbook_url"), StringComparison.Ordinal);
            Assert.All(
                PromQl.Selectors(alert.Text("expr")),
                found => Assert.Contains("job=\"shared/meetings-bridge\", instance=~\"meetings[.]bridge-eyeson-bridge-[0-9]+\"", found.Selector, StringComparison.Ordinal));
            Assert.Equal(("meetings", "bridge"), (alert.Text("labels.namespace"), alert.Text("labels.release")));
        }
    }

    [Theory]
    [InlineData("telemetry", "release-alerts.yaml")]
    [InlineData("postgres", "replica-alerts.yaml")]
    public async Task PrometheusRule_OfTheChart_IsAboutItsOwnReleaseOnly(string values, string tried)
    {
        var rule = Assert.Single(await Rendering.OfKindAsync(values, "PrometheusRule"));
        using var folder = new TempFolder();
        var rules = folder.Combine("rules.yaml"); // JSON is YAML as well
        await System.IO.File.WriteAllTextAsync(rules, rule.At("spec").ToJsonString(), TestContext.Current.CancellationToken);
        var tests = folder.Combine("tests.yaml");
        System.IO.File.Copy(RepositoryRoot.PathTo("tests", "chart-checks", tried), tests);

        (await Tool.PromtoolAsync("check", "rules", rules)).AssertSuccess();
        (await Tool.PromtoolAsync("test", "rules", tests)).AssertSuccess();
    }

    [Fact]
    public async Task PrometheusRule_OfAReleaseWithAnInstanceIdOfItsOwn_LooksAtThat()
    {
        var result = await Rendering.WithAsync("prometheusRule.enabled=true", "prometheus.enabled=true", "otlp.resourceAttributes.service\\.instance\\.id=the-only-one");

        var rule = Yaml.Documents(result.Output).Single(document => document.Is("PrometheusRule"));
        var selectors = rule.List("spec.groups").SelectMany(group => group.List("rules")).SelectMany(alert => PromQl.Selectors(alert.Text("expr"))).ToList();
        Assert.NotEmpty(selectors);
        Assert.All(selectors, found => Assert.Contains("job=\"eyeson-bridge\", instance=\"the-only-one\"", found.Selector, StringComparison.Ordinal));
    }
}
