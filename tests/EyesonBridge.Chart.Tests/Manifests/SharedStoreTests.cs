using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chart.Tests.Rules;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>Replicas that share a PostgreSQL database.</summary>
public sealed class SharedStoreTests
{
    [Fact]
    public async Task Workload_WithPostgres_IsADeploymentWithoutAVolume()
    {
        var objects = await Rendering.ObjectsAsync("postgres");

        var deployment = Assert.Single(objects, document => document.Is("Deployment"));
        Assert.Equal(3, deployment.At("spec.replicas").GetValue<long>());
        Assert.DoesNotContain(objects, document => document.Is("StatefulSet") || document.Is("PersistentVolumeClaim"));
        Assert.DoesNotContain(deployment.List("spec.template.spec.volumes"), volume => volume.Text("name") is "data" || volume["persistentVolumeClaim"] is not null);
        Assert.Equal("bridge-eyeson-bridge", Assert.Single(objects, document => document.Is("Service")).Text("metadata.name")); // none for the names of a StatefulSet
    }

    [Theory]
    [InlineData("postgres", "1", "0")]
    [InlineData("autoscaling", "100%", "0")]
    public async Task Rollout_WithPostgres_StartsANewPodBeforeItEndsAnOldOne(string values, string surge, string unavailable)
    {
        var deployment = await Rendering.WorkloadAsync(values);

        Assert.Equal("RollingUpdate", deployment.Text("spec.strategy.type"));
        Assert.Equal(surge, deployment.At("spec.strategy.rollingUpdate.maxSurge").ToString());
        Assert.Equal(unavailable, deployment.At("spec.strategy.rollingUpdate.maxUnavailable").ToString());
        Assert.Null(deployment.Find("spec.minReadySeconds"));
    }

    [Fact]
    public async Task DisruptionBudget_WithPostgres_IsOfThePods()
    {
        var budget = Assert.Single(await Rendering.OfKindAsync("postgres", "PodDisruptionBudget"));

        Assert.Equal(1, budget.At("spec.maxUnavailable").GetValue<long>());
        var labels = (await Rendering.WorkloadAsync("postgres")).At("spec.template.metadata.labels");
        Assert.All(budget.At("spec.selector.matchLabels").AsObject(), label => Assert.Equal(label.Value!.ToString(), labels[label.Key]?.ToString()));
    }

    [Fact]
    public async Task Database_OfAnExistingSecret_IsFilesThatTheSettingsName()
    {
        var pod = (await Rendering.WorkloadAsync("postgres")).At("spec.template.spec");
        var bridge = Rendering.BridgeOf(pod);

        Assert.Equal("Postgres", bridge.Variable("Store__Provider"));
        Assert.Null(bridge.Variable("Store__ConnectionString"));
        Assert.Equal("meetings-app password", Source(pod, bridge.Variable("Store__PasswordFile")!));
        Assert.Equal("meetings-ca ca.crt", Source(pod, bridge.Variable("PGSSLROOTCERT")!));
        Assert.Equal("bridge-store connection-string", Source(pod, $"{bridge.Variable("EYESONBRIDGE_SECRETS_DIRECTORY")}/Store__ConnectionString"));
        Assert.Equal("eyeson-bridge broker-url", Source(pod, $"{bridge.Variable("EYESONBRIDGE_SECRETS_DIRECTORY")}/Bus__Url"));
        Assert.Equal("7.00:00:00", bridge.Variable("Store__KeepEndedRooms"));
        Assert.Empty(await Rendering.OfKindAsync("postgres", "Secret"));
        var test = Assert.Single(await Rendering.OfKindAsync("postgres", "Pod"));
        Assert.DoesNotContain("Store__", test.ToJsonString(), StringComparison.Ordinal); // it talks to the broker only
    }

    [Fact]
    public async Task Database_OfTheValues_IsInTheSecretOfTheChartOnly()
    {
        const string Expected = "Host=postgres;Database=eyeson_bridge;Username=trial;Password=database-password-in-the-values";
        var pod = (await Rendering.WorkloadAsync("autoscaling")).At("spec.template.spec");
        var secret = Assert.Single(await Rendering.OfKindAsync("autoscaling", "Secret"));

        Assert.Equal(Expected, Encoding.UTF8.GetString(Convert.FromBase64String(secret.Text("data.store-connection-string"))));
        Assert.DoesNotContain("database-password-in-the-values", await Rendering.TextAsync("autoscaling"), StringComparison.Ordinal);
        Assert.Equal(
            $"{secret.Text("metadata.name")} store-connection-string",
            Source(pod, $"{Rendering.BridgeOf(pod).Variable("EYESONBRIDGE_SECRETS_DIRECTORY")}/Store__ConnectionString"));
        Assert.NotNull((await Rendering.WorkloadAsync("autoscaling")).At("spec.template.metadata.annotations")["checksum/secret"]);
        Assert.Null(Rendering.BridgeOf(pod).Variable("Store__PasswordFile"));
        Assert.Null(Rendering.BridgeOf(pod).Variable("PGSSLROOTCERT"));
    }

    [Fact]
    public async Task Database_ForSqlite_IsNowhere()
    {
        var text = await Rendering.TextAsync("default");

        Assert.DoesNotContain("postgres", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("kind: Deployment", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kind: HorizontalPodAutoscaler", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NetworkPolicy_WithPostgres_LetsOutToTheDatabase()
    {
        var rules = Assert.Single(await Rendering.OfKindAsync("postgres", "NetworkPolicy")).List("spec.egress");

        var rule = Assert.Single(rules, rule => rule.List("ports").Any(port => port["port"]!.ToString() is "5432"));
        Assert.Equal("TCP", Assert.Single(rule.List("ports")).Text("protocol"));
        Assert.Equal("databases", Assert.Single(rule.List("to")).At("namespaceSelector.matchLabels")["kubernetes.io/metadata.name"]!.ToString());
        var withSqlite = Assert.Single(await Rendering.OfKindAsync("network-policy", "NetworkPolicy"));
        Assert.DoesNotContain(withSqlite.List("spec.egress"), rule => rule.List("ports").Any(port => port["port"]!.ToString() is "5432"));
    }

    [Fact]
    public async Task Autoscaler_WhenEnabled_KeepsTheRoomsOfEachPod()
    {
        var scaler = Assert.Single(await Rendering.OfKindAsync("autoscaling", "HorizontalPodAutoscaler"));
        var deployment = await Rendering.WorkloadAsync("autoscaling");

        Assert.Equal("Deployment", scaler.Text("spec.scaleTargetRef.kind"));
        Assert.Equal(deployment.Text("metadata.name"), scaler.Text("spec.scaleTargetRef.name"));
        Assert.Equal((3, 12), (scaler.At("spec.minReplicas").GetValue<long>(), scaler.At("spec.maxReplicas").GetValue<long>()));
        var metric = Assert.Single(scaler.List("spec.metrics"));
        Assert.Equal(("Pods", "eyeson_bridge_rooms"), (metric.Text("type"), metric.Text("pods.metric.name")));
        Assert.Equal(("AverageValue", "1500"), (metric.Text("pods.target.type"), metric.Text("pods.target.averageValue")));
        Assert.Equal(3600, scaler.At("spec.behavior.scaleDown.stabilizationWindowSeconds").GetValue<long>());
        Assert.Null(deployment.Find("spec.replicas")); // an upgrade must not take back what it decided
        Assert.Empty(await Rendering.OfKindAsync("postgres", "HorizontalPodAutoscaler"));
    }

    /// <summary>As Kubernetes names pods of a Deployment: hash and suffix of letters and digits without 0, 1 and a, and no dash between when the name is too long.</summary>
    [Theory]
    [InlineData("meetings.bridge-eyeson-bridge-6b8f4c9d7-x2k9p", true)]
    [InlineData("meetings.bridge-eyeson-bridge-7f9c6d84bx2k9p", true)]
    [InlineData("meetings.bridge-eyeson-bridge-0", false)]
    [InlineData("meetings.bridge-eyeson-bridge-second-0", false)]
    [InlineData("meetings.bridge-eyeson-bridge-second-6b8f4c9d7-x2k9p", false)]
    [InlineData("others.bridge-eyeson-bridge-6b8f4c9d7-x2k9p", false)]
    public async Task Alerts_WithPostgres_AreAboutTheReplicasOfTheirRelease(string instance, bool expected)
    {
        var rule = Assert.Single(await Rendering.OfKindAsync("postgres", "PrometheusRule"));
        var selectors = rule.List("spec.groups").SelectMany(group => group.List("rules")).SelectMany(alert => PromQl.Selectors(alert.Text("expr"))).ToList();

        Assert.NotEmpty(selectors);
        Assert.All(selectors, found =>
        {
            var pattern = Regex.Match(found.Selector, "instance=~\"(?<pattern>[^\"]*)\"", RegexOptions.NonBacktracking).Groups["pattern"].Value;
            Assert.Equal(expected, Regex.IsMatch(instance, $"^(?:{pattern})$", RegexOptions.NonBacktracking));
        });
    }

    [Fact]
    public async Task Notes_WithPostgres_NameAnyPodAndTheSecret()
    {
        var result = await Tool.HelmAsync(
            "install", Rendering.Release, Tool.Chart, "--dry-run=client", "--namespace", "meetings", "--values", Rendering.FileOf("postgres"));

        result.AssertSuccess();
        Assert.Contains("kubectl -n meetings exec deployment/bridge-eyeson-bridge -- eyeson-bridge observe ROOM_ID", result.Output, StringComparison.Ordinal);
        Assert.Contains("connection string comes from the secret bridge-store (key connection-string)", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("bridge-eyeson-bridge-0", result.Output, StringComparison.Ordinal);
    }

    /// <summary>Secret and key behind a file of the bridge's container.</summary>
    private static string Source(JsonNode pod, string file)
    {
        var (folder, name) = (file[..file.LastIndexOf('/')], file[(file.LastIndexOf('/') + 1)..]);
        var mount = Assert.Single(Rendering.BridgeOf(pod).List("volumeMounts"), mount => string.Equals(mount.Text("mountPath"), folder, StringComparison.Ordinal));
        var volume = Assert.Single(pod.List("volumes"), volume => string.Equals(volume.Text("name"), mount.Text("name"), StringComparison.Ordinal));
        var secrets = volume.List("projected.sources").Select(source => (Name: source.Text("secret.name"), Items: source.List("secret.items")));
        if (volume.Find("secret") is { } secret)
            secrets = [(secret.Text("secretName"), secret.List("items"))];

        return Assert.Single(
            secrets.SelectMany(source => source.Items.Select(item => (Path: item.Text("path"), Key: $"{source.Name} {item.Text("key")}"))),
            item => string.Equals(item.Path, name, StringComparison.Ordinal)).Key;
    }
}
