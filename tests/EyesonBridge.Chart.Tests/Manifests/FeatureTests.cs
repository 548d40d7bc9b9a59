using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing.Processes;

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
    public async Task Image_WithoutATag_IsThatOfTheProgramsVersion()
    {
        var properties = await File.ReadAllTextAsync(RepositoryRoot.PathTo("Directory.Build.props"), TestContext.Current.CancellationToken);
        var version = Version().Match(properties).Groups["version"].Value;

        var bridge = Assert.Single((await Rendering.StatefulSetAsync("default")).List("spec.template.spec.containers"));

        Assert.Equal($"eyeson-bridge:{version}", bridge.Text("image"));
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
    public async Task NetworkPolicy_WhenEnabled_LetsOutWhatTheBridgeNeeds()
    {
        var policy = Assert.Single(await Rendering.OfKindAsync("network-policy", "NetworkPolicy"));

        Assert.Equal(["Ingress", "Egress"], policy.List("spec.policyTypes").Select(type => type.GetValue<string>()));
        var ports = policy.List("spec.egress").Select(rule => string.Join(',', rule.List("ports").Select(port => port["port"])));
        Assert.Equal(["53,53", "5671", "443", "4317,4318", "3128"], ports);
        Assert.Single(policy.List("spec.ingress"));
        Assert.Empty(await Rendering.OfKindAsync("default", "NetworkPolicy"));
    }

    [Fact]
    public async Task Ingress_WhenEnabled_LetsInWebhooksOnly()
    {
        var ingress = Assert.Single(await Rendering.OfKindAsync("webhook", "Ingress"));
        var bridge = Assert.Single((await Rendering.StatefulSetAsync("webhook")).List("spec.template.spec.containers"));

        var path = Assert.Single(Assert.Single(ingress.List("spec.rules")).List("http.paths"));
        Assert.Equal("/webhooks/eyeson", path.Text("path"));
        Assert.Equal("Prefix", path.Text("pathType"));
        Assert.Equal("true", bridge.Variable("Webhook__Enabled"));
        Assert.Equal("50", bridge.Variable("Webhook__PerSecond"));
        Assert.Equal("131072", bridge.Variable("Webhook__MaxBodyBytes"));
        Assert.Equal("true", bridge.Variable("Discovery__Enabled"));
        Assert.Equal("default", bridge.Variable("Discovery__Accounts__0"));
        Assert.Equal("00:00:10", bridge.Variable("Permalinks__PollInterval"));
        Assert.Empty(await Rendering.OfKindAsync("default", "Ingress"));
    }

    [Fact]
    public async Task Telemetry_WhenEnabled_GoesWhereTheValuesSay()
    {
        var bridge = Assert.Single((await Rendering.StatefulSetAsync("telemetry")).List("spec.template.spec.containers"));
        var silent = Assert.Single((await Rendering.StatefulSetAsync("default")).List("spec.template.spec.containers"));

        Assert.Equal("https://collector.monitoring:4318", bridge.Variable("OTEL_EXPORTER_OTLP_ENDPOINT"));
        Assert.Equal("http/protobuf", bridge.Variable("OTEL_EXPORTER_OTLP_PROTOCOL"));
        Assert.Equal("meetings-bridge", bridge.Variable("OTEL_SERVICE_NAME"));
        Assert.Equal("0.1", bridge.Variable("OTEL_TRACES_SAMPLER_ARG"));
        Assert.EndsWith(",deployment.environment.name=production", bridge.Variable("OTEL_RESOURCE_ATTRIBUTES"), StringComparison.Ordinal);
        Assert.DoesNotContain(' ', bridge.Variable("OTEL_RESOURCE_ATTRIBUTES")!);
        Assert.DoesNotContain(silent.List("env"), variable => variable.Text("name").StartsWith("OTEL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Settings_OfTheValues_ReachTheProgramUnderTheirNames()
    {
        var bridge = Assert.Single((await Rendering.StatefulSetAsync("scheduling")).List("spec.template.spec.containers"));
        var trial = Assert.Single((await Rendering.StatefulSetAsync("trial")).List("spec.template.spec.containers"));

        Assert.Equal("00:00:10", bridge.Variable("Observer__SilenceTimeout"));
        Assert.Equal("2097152", bridge.Variable("Observer__MaxFrameBytes"));
        Assert.Equal("512", bridge.Variable("Bus__ConcurrentRooms"));
        Assert.Equal("00:05:00", bridge.Variable("Management__StuckAfter"));
        Assert.Equal("00:01:50", bridge.Variable("Host__ShutdownTimeout"));
        Assert.Equal("268435456", trial.Variable("Outbox__MaxBytes"));
        Assert.Equal("Debug", trial.Variable("Logging__LogLevel__EyesonBridge"));
        Assert.Equal("simple", trial.Variable("Logging__Console__FormatterName"));
    }

    [Fact]
    public async Task Notes_AfterAnInstallation_SayHowToRegisterARoom()
    {
        var result = await Tool.HelmAsync("install", Rendering.Release, Tool.Chart, "--dry-run=client", "--namespace", "meetings");

        result.AssertSuccess();
        Assert.Contains(
            "kubectl -n meetings exec bridge-eyeson-bridge-0 -- dotnet EyesonBridge.dll observe ROOM_ID", result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex("<Version>(?<version>.*)</Version>", RegexOptions.NonBacktracking)]
    private static partial Regex Version();
}
