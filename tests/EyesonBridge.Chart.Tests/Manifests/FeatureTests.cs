using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

public sealed partial class FeatureTests
{
    [Fact]
    public async Task Image_WithADigest_IsTakenByIt()
    {
        var pods = await Rendering.PodsAsync("image");

        const string Expected = "registry.example.com/meetings/eyeson-bridge@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        Assert.All(pods, pod => Assert.Equal(Expected, Assert.Single(pod.List("containers")).Text("image")));
        Assert.All(pods, pod => Assert.Equal("registry", Assert.Single(pod.List("imagePullSecrets")).Text("name")));
    }

    [Fact]
    public async Task Image_WithoutATag_IsThatOfTheProgramTheChartIsFor()
    {
        var chart = await File.ReadAllTextAsync(Path.Combine(Tool.Chart, "Chart.yaml"), TestContext.Current.CancellationToken);
        var version = Version().Match(chart).Groups["version"].Value;

        var bridge = await Rendering.BridgeAsync("default");

        Assert.Equal($"eyeson-bridge:{version}", bridge.Text("image"));
    }

    [Fact]
    public async Task Image_FromAMirror_IsTakenFromThere()
    {
        var pods = await Rendering.PodsAsync("registry");

        Assert.All(pods, pod => Assert.Equal("mirror.example.com:5000/meetings/eyeson-bridge:_2026.11-rc.1_", Assert.Single(pod.List("containers")).Text("image")));
    }

    [Theory]
    [InlineData("image", "1.2.3-build.7")]
    [InlineData("registry", "2026.11-rc.1")]
    public async Task Version_OfTheLabels_IsThatOfTheImage(string values, string expected)
    {
        var labels = (await Rendering.ObjectsAsync(values)).Select(document => document.At("metadata.labels"))
            .Append((await Rendering.StatefulSetAsync(values)).At("spec.template.metadata.labels"));

        Assert.All(labels, each => Assert.Equal(expected, each["app.kubernetes.io/version"]!.ToString()));
    }

    [Fact]
    public async Task Probes_OfOnesOwn_AreTakenAsTheyAre()
    {
        var bridge = await Rendering.BridgeAsync("extras");

        Assert.Equal("doctor", bridge.List("startupProbe.exec.command")[^1].GetValue<string>());
        Assert.Null(bridge.Find("startupProbe.httpGet"));
        Assert.Null(bridge.Find("startupProbe.failureThreshold"));
        Assert.Equal(["httpGet", "initialDelaySeconds"], bridge.At("livenessProbe").AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.Equal("/health/ready", bridge.Text("readinessProbe.httpGet.path"));
        Assert.Null(bridge.Find("readinessProbe.custom"));
    }

    [Fact]
    public async Task Containers_OfOnesOwn_RunBeforeAndBesideTheBridge()
    {
        var pod = (await Rendering.StatefulSetAsync("extras")).At("spec.template.spec");

        var before = Assert.Single(pod.List("initContainers"));
        Assert.Equal("rabbitmq.meetings.svc:5672", Assert.Single(before.List("args")).GetValue<string>());
        Assert.Equal(["bridge", "proxy"], pod.List("containers").Select(container => container.Text("name")));
        Assert.Equal("--instance=bridge", Assert.Single(pod.List("containers")[1].List("args")).GetValue<string>());
        Assert.Null((await Rendering.StatefulSetAsync("default")).Find("spec.template.spec.initContainers"));
    }

    [Fact]
    public async Task Namespace_Overridden_IsThatOfAllObjects()
    {
        var objects = await Rendering.ObjectsAsync("scheduling");

        Assert.All(objects, document => Assert.Equal("shared-messaging", document.Text("metadata.namespace")));
        Assert.All(await Rendering.ObjectsAsync("default"), document => Assert.Equal("meetings", document.Text("metadata.namespace")));
    }

    [Fact]
    public async Task CommonAnnotations_OfAllObjects_YieldToTheirOwn()
    {
        var objects = await Rendering.ObjectsAsync("scheduling");
        var set = await Rendering.StatefulSetAsync("scheduling");
        var others = await Rendering.WithAsync(
            "commonAnnotations.example\\.com/team=meetings", "networkPolicy.enabled=true", "prometheusRule.enabled=true", "dashboards.enabled=true",
            "webhook.enabled=true", "ingress.enabled=true", "ingress.host=bridge.example.com", "broker.url=amqp://rabbitmq");

        Assert.All(
            objects.Concat(Yaml.Documents(others.Output)),
            document => Assert.Equal("meetings", document.At("metadata.annotations")["example.com/team"]!.GetValue<string>()));
        var service = objects.First(document => document.Is("Service"));
        Assert.Equal("meetings", service.At("metadata.annotations")["example.com/owner"]!.GetValue<string>());
        Assert.Equal("test", objects.Single(document => document.Is("Pod")).At("metadata.annotations")["helm.sh/hook"]!.GetValue<string>());
        Assert.Null(set.At("spec.template.metadata.annotations")["example.com/team"]); // a change of them restarts nothing
    }

    [Fact]
    public async Task Store_ByDefault_IsAVolumeThatStays()
    {
        var set = await Rendering.StatefulSetAsync("default");

        var claim = Assert.Single(set.List("spec.volumeClaimTemplates"));
        Assert.Equal("data", claim.Text("metadata.name"));
        Assert.Equal("ReadWriteOnce", Assert.Single(claim.List("spec.accessModes")).GetValue<string>());
        Assert.Equal("Retain", set.Text("spec.persistentVolumeClaimRetentionPolicy.whenDeleted"));
        Assert.Equal(1, set.At("spec.replicas").GetValue<long>());
        Assert.Equal("bridge-data", Claim(await Rendering.StatefulSetAsync("extras")));
        Assert.Null(Claim(await Rendering.StatefulSetAsync("trial")));

        static string? Claim(JsonNode set)
        {
            Assert.Empty(set.List("spec.volumeClaimTemplates"));
            var data = Assert.Single(set.List("spec.template.spec.volumes"), volume => volume.Text("name") is "data");
            return (string?)data.Find("persistentVolumeClaim.claimName");
        }
    }

    [Fact]
    public async Task Pod_ThatIsNotReady_DoesNotBlockItsRepair()
    {
        var set = await Rendering.StatefulSetAsync("default");

        Assert.Equal("Parallel", set.Text("spec.podManagementPolicy"));
    }

    [Fact]
    public async Task NetworkPolicy_WhenEnabled_LetsOutWhatTheBridgeNeeds()
    {
        var policy = Assert.Single(await Rendering.OfKindAsync("network-policy", "NetworkPolicy"));

        Assert.Equal(["Ingress", "Egress"], policy.List("spec.policyTypes").Select(type => type.GetValue<string>()));
        var ports = policy.List("spec.egress").Select(rule => string.Join(',', rule.List("ports").Select(port => port["port"])));
        Assert.Equal(["53,53,5353,5353", "5671", "443", "4317,4318", "3128"], ports);
        Assert.Single(policy.List("spec.ingress"));
        Assert.Equal("9090", Assert.Single(Assert.Single(await Rendering.OfKindAsync("prometheus-otlp", "NetworkPolicy")).List("spec.egress")[^1].List("ports"))["port"]!.ToString());
        Assert.Empty(await Rendering.OfKindAsync("default", "NetworkPolicy"));
    }

    [Fact]
    public async Task NetworkPolicy_WhenEnabled_LetsOutToTheDnsOfEveryKindOfCluster()
    {
        var dns = Assert.Single(await Rendering.OfKindAsync("openshift", "NetworkPolicy")).List("spec.egress")[0];

        Assert.Equal(["UDP 53", "TCP 53", "UDP 5353", "TCP 5353"], dns.List("ports").Select(port => $"{port["protocol"]} {port["port"]}"));
        var namespaces = Assert.Single(dns.List("to")[0].List("namespaceSelector.matchExpressions")).List("values");
        Assert.Equal(["kube-system", "openshift-dns"], namespaces.Select(name => name.GetValue<string>()));
        Assert.Equal(["169.254.20.10/32", "169.254.25.10/32"], dns.List("to").Skip(1).Select(peer => peer.Text("ipBlock.cidr")));
    }

    [Fact]
    public async Task Pods_OnOpenShift_HaveTheUserThatTheClusterChooses()
    {
        foreach (var pod in await Rendering.PodsAsync("openshift"))
        {
            Assert.Equal(
                ["fsGroupChangePolicy", "runAsNonRoot", "seccompProfile"],
                pod.At("securityContext").AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Ingress_WhenEnabled_LetsInWebhooksOnly()
    {
        var ingress = Assert.Single(await Rendering.OfKindAsync("webhook", "Ingress"));
        var path = Assert.Single(Assert.Single(ingress.List("spec.rules")).List("http.paths"));
        Assert.Equal("/webhooks/eyeson", path.Text("path"));
        Assert.Equal("Prefix", path.Text("pathType"));
        Assert.Equal("bridge-eyeson-bridge-webhooks", path.Text("backend.service.name"));
        Assert.Equal("webhooks", path.Text("backend.service.port.name"));
        Assert.Empty(await Rendering.OfKindAsync("default", "Ingress"));
    }

    [Fact]
    public async Task Webhooks_WhenEnabled_HaveAPortOfTheirOwn()
    {
        var bridge = await Rendering.BridgeAsync("webhook");
        Assert.Equal(["management", "webhooks"], bridge.List("ports").Select(port => port.Text("name")));
        var services = (await Rendering.OfKindAsync("webhook", "Service")).ToDictionary(service => service.Text("metadata.name"), StringComparer.Ordinal);
        Assert.Equal("management", Assert.Single(services["bridge-eyeson-bridge"].List("spec.ports")).Text("name"));
        Assert.Null(services["bridge-eyeson-bridge"].Find("spec.publishNotReadyAddresses"));
        var webhooks = services["bridge-eyeson-bridge-webhooks"];
        Assert.Equal("webhooks", Assert.Single(webhooks.List("spec.ports")).Text("targetPort"));
        Assert.True(webhooks.At("spec.publishNotReadyAddresses").GetValue<bool>()); // a webhook is stored whether or not the broker is there
        Assert.Equal(2, (await Rendering.OfKindAsync("default", "Service")).Count);
        Assert.Single((await Rendering.BridgeAsync("default")).List("ports"));
    }

    [Theory]
    [InlineData("webhook", "Webhook__Enabled", "true")]
    [InlineData("ca", "Bus__ClientCertificateFile", "/etc/eyeson-bridge/broker-client/tls.crt")]
    [InlineData("ca", "Bus__ClientKeyFile", "/etc/eyeson-bridge/broker-client/tls.key")]
    [InlineData("webhook", "Webhook__Url", "http://0.0.0.0:8081")]
    [InlineData("webhook", "Webhook__MaxConcurrentPerAccount", "8")]
    [InlineData("webhook", "Webhook__ReplayWindow", "02:00:00")]
    [InlineData("webhook", "Webhook__PerSecond", "50")]
    [InlineData("webhook", "Webhook__MaxBodyBytes", "131072")]
    [InlineData("webhook", "Discovery__Enabled", "true")]
    [InlineData("webhook", "Discovery__Accounts__0", "default")]
    [InlineData("webhook", "Permalinks__PollInterval", "00:00:10")]
    [InlineData("scheduling", "Observer__SilenceTimeout", "00:00:10")]
    [InlineData("scheduling", "Observer__MaxFrameBytes", "2097152")]
    [InlineData("scheduling", "Bus__PublishTimeout", "00:00:30")]
    [InlineData("scheduling", "Management__StuckAfter", "00:05:00")]
    [InlineData("scheduling", "Host__ShutdownTimeout", "00:01:50")]
    [InlineData("trial", "Outbox__MaxBytes", "268435456")]
    [InlineData("trial", "Logging__LogLevel__EyesonBridge", "Debug")]
    [InlineData("trial", "Logging__Console__FormatterName", "simple")]
    [InlineData("telemetry", "OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector.monitoring:4318")]
    [InlineData("telemetry", "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")]
    [InlineData("telemetry", "OTEL_SERVICE_NAME", "meetings-bridge")]
    [InlineData("telemetry", "OTEL_TRACES_SAMPLER_ARG", "0.1")]
    [InlineData("telemetry", "OTEL_METRIC_EXPORT_INTERVAL", "30000")]
    [InlineData("network-policy", "OTEL_METRIC_EXPORT_INTERVAL", "15000")]
    [InlineData("prometheus-otlp", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://prometheus.monitoring:9090/api/v1/otlp/v1/metrics")]
    [InlineData("prometheus-otlp", "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL", "http/protobuf")]
    [InlineData("prometheus-otlp", "OTEL_EXPORTER_OTLP_ENDPOINT", null)]
    [InlineData("prometheus-otlp", "OTEL_METRIC_EXPORT_INTERVAL", "15000")]
    [InlineData("telemetry", "Management__Prometheus", null)]
    [InlineData("scrape", "Management__Prometheus", "true")]
    public async Task Setting_OfTheValues_ReachesTheProgramUnderItsName(string values, string variable, string? expected) =>
        Assert.Equal(expected, (await Rendering.BridgeAsync(values)).Variable(variable));

    [Fact]
    public async Task SamplerArg_Zero_IsNotLeftOut()
    {
        var result = await Rendering.WithAsync("otlp.endpoint=http://collector:4318", "otlp.sampler=traceidratio", "otlp.samplerArg=0");

        var set = Yaml.Documents(result.Output).Single(document => document.Is("StatefulSet"));
        Assert.Equal("0", Rendering.BridgeOf(set.At("spec.template.spec")).Variable("OTEL_TRACES_SAMPLER_ARG"));
    }

    [Fact]
    public async Task Telemetry_ByDefault_GoesNowhere()
    {
        var silent = await Rendering.BridgeAsync("default");

        Assert.DoesNotContain(silent.List("env"), variable => variable.Text("name").StartsWith("OTEL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Telemetry_WhenEnabled_NamesTheDeployment()
    {
        var attributes = (await Rendering.BridgeAsync("telemetry")).Variable("OTEL_RESOURCE_ATTRIBUTES")!;

        Assert.EndsWith(",deployment.environment.name=production,service.namespace=shared", attributes, StringComparison.Ordinal);
        Assert.DoesNotContain(' ', attributes);
    }

    [Fact]
    public async Task Notes_AfterAnInstallation_SayHowToRegisterARoom()
    {
        var result = await Tool.HelmAsync("install", Rendering.Release, Tool.Chart, "--dry-run=client", "--namespace", "meetings");

        result.AssertSuccess();
        Assert.Contains(
            "kubectl -n meetings exec bridge-eyeson-bridge-0 -- eyeson-bridge observe ROOM_ID", result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("\nappVersion: (?<version>.*)\n", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
