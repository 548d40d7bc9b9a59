using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("replicaCount=2", "which only one process can use")]
    [InlineData("ingress.enabled=true,ingress.host=x.example", "ingress.enabled needs webhook.enabled")]
    [InlineData("ingress.enabled=true,webhook.enabled=true", "ingress.host is empty")]
    [InlineData("eyeson.accounts.default=null", "configure at least one account")]
    [InlineData("eyeson.accounts.default.existingSecret=", "eyeson.accounts.default has no key")]
    [InlineData("broker.existingSecret=", "broker has no address")]
    [InlineData("broker.ca.existingSecret=a,broker.ca.existingConfigMap=b", "broker.ca has both")]
    [InlineData("image.repository=reg/x:1", "image.repository is reg/x:1: give its tag in image.tag")]
    [InlineData("image.repository=reg/x@sha256:00", "image.repository is reg/x@sha256:00: give its digest in image.digest")]
    [InlineData("global.imageRegistry=mirror.example,image.repository=reg.example/x", "image.repository names the registry reg.example, and mirror.example is another")]
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
    [InlineData("shutdown.marginSeconds=0", "/shutdown/marginSeconds")]
    public async Task Template_ValuesThatAreWrong_AreRefusedWithTheReason(string setting, string reason)
    {
        var result = await Rendering.WithAsync(setting);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
    }

    /// <summary>Parts that are Kubernetes' own; its API server checks them.</summary>
    private static readonly string[] Kubernetes =
    [
        "tolerations", "topologySpreadConstraints", "extraEnv", "extraEnvFrom", "extraVolumes", "extraVolumeMounts", "extraObjects",
        "extraEgress", "matchExpressions", "nodeAffinity", "podAffinity", "podAntiAffinity",
        "global", // of a chart that contains this one
    ];

    [Fact]
    public void Schema_EachObject_AllowsNothingElse()
    {
        var schema = JsonNode.Parse(File.ReadAllText(Path.Combine(Tool.Chart, "values.schema.json")))!;

        var open = new List<string>();
        Visit(schema, "");

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
