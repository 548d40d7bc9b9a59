using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

public sealed class RefusalTests
{
    private const string Shared = "store.provider=postgres,store.postgres.existingSecret=database";

    [Theory]
    [InlineData("replicaCount=2", "which only one process can use. For several replicas set store.provider to postgres")]
    [InlineData("autoscaling.enabled=true", "autoscaling.enabled needs store.provider postgres")]
    [InlineData("store.postgres.existingSecret=database", "store.postgres.existingSecret is set, but store.provider is sqlite")]
    [InlineData("store.postgres.connectionString=Host=db", "store.postgres.connectionString is set, but store.provider is sqlite")]
    [InlineData("store.postgres.password.existingSecret=database", "store.postgres.password is set, but store.provider is sqlite")]
    [InlineData("store.postgres.ca.existingConfigMap=company-ca", "store.postgres.ca is set, but store.provider is sqlite")]
    [InlineData("store.provider=Postgres", "/store/provider")]
    [InlineData("store.provider=postgres", "no database is named: set store.postgres.existingSecret")]
    [InlineData(Shared + ",store.postgres.connectionString=Host=db;Database=d", "store.postgres has both existingSecret and connectionString")]
    [InlineData("store.provider=postgres,store.postgres.connectionString=Data Source=/data/eyeson-bridge.db", "store.postgres.connectionString names no host")]
    [InlineData("store.provider=postgres,store.postgres.connectionString=Host=db;Username=me", "store.postgres.connectionString names no database")]
    [InlineData("store.provider=postgres,store.postgres.connectionString=Host=;Database=d", "store.postgres.connectionString names no host")]
    [InlineData("store.provider=postgres,store.postgres.password.existingSecret=a,store.postgres.connectionString=Host=db;Database=d;password=p", "Keep one of them")]
    [InlineData(Shared + ",store.postgres.ca.existingSecret=a,store.postgres.ca.existingConfigMap=b", "store.postgres.ca has both")]
    [InlineData(Shared + ",persistence.existingClaim=bridge-data", "persistence.existingClaim is set, but store.provider is postgres")]
    [InlineData(Shared + ",persistence.storageClass=fast", "persistence.storageClass is set, but store.provider is postgres")]
    [InlineData(Shared + ",persistence.annotations.backup=daily", "persistence.annotations is set, but store.provider is postgres")]
    [InlineData(Shared + ",rollingUpdate.maxSurge=0", "rollingUpdate.maxSurge and rollingUpdate.maxUnavailable are both 0")]
    [InlineData(Shared + ",rollingUpdate.maxSurge=0%,rollingUpdate.maxUnavailable=0%", "rollingUpdate.maxSurge and rollingUpdate.maxUnavailable are both 0")]
    [InlineData(Shared + ",rollingUpdate.maxUnavailable=half", "/rollingUpdate/maxUnavailable")]
    [InlineData(Shared + ",otlp.resourceAttributes.service\\.instance\\.id=one", "their metrics could not be told apart")]
    [InlineData(Shared + ",autoscaling.enabled=true", "autoscaling.enabled needs metrics")]
    [InlineData(Shared + ",prometheus.enabled=true,autoscaling.enabled=true,autoscaling.minReplicas=11", "autoscaling.minReplicas (11) is more than autoscaling.maxReplicas (10)")]
    [InlineData("ingress.enabled=true,ingress.host=x.example", "ingress.enabled needs webhook.enabled")]
    [InlineData("ingress.enabled=true,webhook.enabled=true", "ingress.host is empty")]
    [InlineData("eyeson.accounts.default=null", "configure at least one account")]
    [InlineData("eyeson.accounts.default.existingSecret=", "eyeson.accounts.default has no key")]
    [InlineData("broker.existingSecret=", "broker has no address")]
    [InlineData("broker.ca.existingSecret=a,broker.ca.existingConfigMap=b", "broker.ca has both")]
    [InlineData("image.repository=reg/x:1", "image.repository is reg/x:1: give its tag in image.tag")]
    [InlineData("image.repository=reg/x@sha256:00", "image.repository is reg/x@sha256:00: give its digest in image.digest")]
    [InlineData("global.imageRegistry=mirror.example,image.repository=reg.example/x", "image.repository names the registry reg.example, and mirror.example is another")]
    [InlineData("outbox.maxBytes=4294967297", "outbox.maxBytes (4294967297) is more than half of persistence.size (8Gi)")]
    [InlineData("persistence.size=1.5G,outbox.maxBytes=750000001", "is more than half of persistence.size (1.5G)")]
    [InlineData("persistence.size=512m", "/persistence/size")]
    [InlineData("persistence.enabled=false,persistence.existingClaim=bridge-data", "persistence.existingClaim is bridge-data, but persistence.enabled is false")]
    [InlineData("replicaCount=null", "missing property 'replicaCount'")]
    [InlineData("image=null", "missing property 'image'")]
    [InlineData("podSecurityContext.runAsNonRoot=null", "missing property 'runAsNonRoot'")]
    [InlineData("prometheus.podMonitor.enabled=true", "need prometheus.enabled")]
    [InlineData("prometheus.enabled=true,prometheus.podMonitor.enabled=true,prometheus.serviceMonitor.enabled=true", "fetch everything twice")]
    [InlineData("otlp.metricIntervalSeconds=0", "/otlp/metricIntervalSeconds")]
    [InlineData("image.tagg=1", "additional properties 'tagg' not allowed")]
    [InlineData("replicas=1", "additional properties 'replicas' not allowed")]
    [InlineData("observer.SilenceTimout=1", "additional properties 'SilenceTimout' not allowed")]
    [InlineData("eyeson.accounts.default.apiKeyFile=x", "additional properties 'apiKeyFile' not allowed")]
    [InlineData("podSecurityContext.runAsNonRoot=false", "/podSecurityContext/runAsNonRoot")]
    [InlineData("podSecurityContext.runAsUser=0", "/podSecurityContext/runAsUser")]
    [InlineData("securityContext.readOnlyRootFilesystem=false", "/securityContext/readOnlyRootFilesystem")]
    [InlineData("securityContext.capabilities.drop={NET_RAW}", "/securityContext/capabilities/drop")]
    [InlineData("broker.url=http://rabbitmq", "/broker/url")]
    [InlineData("image.digest=0123", "/image/digest")]
    [InlineData("observer.SilenceTimeout=7s", "/observer/SilenceTimeout")]
    [InlineData("observer.WaitInterval=00:00:90", "/observer/WaitInterval")]
    [InlineData("observer.WaitInterval=24:00:00", "/observer/WaitInterval")]
    [InlineData("fullnameOverride=My_Name", "/fullnameOverride")]
    [InlineData("fullnameOverride=bridge.v2", "/fullnameOverride")]
    [InlineData("fullnameOverride=1bridge", "/fullnameOverride")]
    [InlineData("prometheusRule.enabled=true", "prometheusRule.enabled needs metrics")]
    [InlineData("shutdown.marginSeconds=0", "/shutdown/marginSeconds")]
    public async Task Template_ValuesThatAreWrong_AreRefusedWithTheReason(string setting, string reason)
    {
        var result = await Rendering.WithAsync(setting);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("outbox.maxBytes=4294967296")]
    [InlineData("persistence.size=1.5G,outbox.maxBytes=750000000")]
    [InlineData("persistence.existingClaim=bridge-data,outbox.maxBytes=1099511627776")] // nobody here knows its size
    [InlineData("image.repository=registry:5000/eyeson-bridge")]
    [InlineData(Shared + ",replicaCount=5")]
    [InlineData(Shared + ",outbox.maxBytes=1099511627776")] // there is no volume
    [InlineData(Shared + ",rollingUpdate.maxSurge=0,rollingUpdate.maxUnavailable=1")]
    [InlineData(Shared + ",rollingUpdate.maxSurge=150%")]
    [InlineData("store.provider=postgres,store.postgres.connectionString=Server=a\\,b; DB=d")]
    [InlineData("store.provider=postgres,store.postgres.password.existingSecret=a,store.postgres.connectionString=Host=db;Database=d")]
    public async Task Template_ValuesThatAreRight_AreTaken(string setting) => (await Rendering.WithAsync(setting)).AssertSuccess();

    /// <summary>Values with a default that may be removed with <c>null</c>.</summary>
    private static readonly string[] Optional =
    [
        "eyeson.accounts.default", "logging.levels.", "resources.requests.", "resources.limits.", "dashboards.labels.", "networkPolicy.eyeson.to", "networkPolicy.dns.to",
        "podSecurityContext.runAsUser", "podSecurityContext.runAsGroup", "podSecurityContext.fsGroup", "probes.startup.", "probes.readiness.", "probes.liveness.",
    ];

    /// <summary>A value without which a template would stumble, or write something that Kubernetes fills in as it likes.</summary>
    [Fact]
    public void Schema_EachValueWithADefault_IsRequired()
    {
        var missing = new List<string>();
        Visit(Yaml.File(Path.Combine(Tool.Chart, "values.yaml")), Schema(), "");

        Assert.Empty(missing);

        void Visit(JsonObject values, JsonNode schema, string path)
        {
            var required = schema.List("required").Select(name => name.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, value) in values)
            {
                var here = path + name;
                if (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || value.ToString() is "" or "false"
                    || Optional.Any(optional => here.StartsWith(optional, StringComparison.Ordinal)))
                {
                    continue;
                }

                if (!required.Contains(name))
                    missing.Add(here);
                if (value is JsonObject group && schema.Find($"properties.{name}") is { } inner)
                    Visit(group, inner, $"{here}.");
            }
        }
    }

    private static JsonNode Schema() => JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.Chart, "values.schema.json")))!;

    /// <summary>Parts that are Kubernetes' own; its API server checks them.</summary>
    private static readonly string[] Kubernetes =
    [
        "tolerations", "topologySpreadConstraints", "initContainers", "sidecars", "custom", "extraEnv", "extraEnvFrom", "extraVolumes", "extraVolumeMounts", "extraObjects",
        "extraEgress", "relabelings", "metricRelabelings", "matchExpressions", "nodeAffinity", "podAffinity", "podAntiAffinity",
        "global", // of a chart that contains this one
    ];

    [Fact]
    public void Schema_EachObject_AllowsNothingElse()
    {
        var open = new List<string>();
        Visit(Schema(), "");

        Assert.Empty(open);

        void Visit(JsonNode node, string path)
        {
            if (node is JsonArray list)
            {
                for (var i = 0; i < list.Count; i++)
                    Visit(list[i]!, $"{path}/{i}");
                return;
            }

            if (node is not JsonObject map || Kubernetes.Contains(path.Split('/')[^1], StringComparer.Ordinal))
                return;
            if (map["type"] is JsonValue type && type.ToString() is "object" && map["additionalProperties"]?.ToString() is not "false")
                open.Add(path);
            foreach (var (name, child) in map)
                Visit(child!, $"{path}/{name}");
        }
    }
}
