using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

public sealed class ComposeTests
{
    private static readonly JsonObject Compose = Yaml.File(RepositoryRoot.PathTo("compose.yaml"));

    private static readonly string Dockerfile = File.ReadAllText(RepositoryRoot.PathTo("Dockerfile"));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Services => Compose.At("services").AsObject();

    [Fact]
    public void Services_OfOurs_AreRestrictedAsInTheChart()
    {
        foreach (var name in new[] { "bridge", "simulator", "consumer", "meetings" })
        {
            var service = Compose.At($"services.{name}");
            Assert.True(service["read_only"]!.GetValue<bool>());
            Assert.Equal("ALL", Assert.Single(service.List("cap_drop")).GetValue<string>());
            Assert.Equal("no-new-privileges:true", Assert.Single(service.List("security_opt")).GetValue<string>());
        }
    }

    [Fact]
    public void Builds_OfServices_AreStagesOfTheDockerfile()
    {
        var stages = Services.Select(service => (string?)service.Value!.Find("build.target")).OfType<string>();

        Assert.Contains($" AS {Assert.Single(stages)}\n", Dockerfile, StringComparison.Ordinal);
        Assert.Equal(2, Services.Count(service => service.Value!["build"] is not null));
    }

    [Fact]
    public void Ports_OfServices_AreOfThisMachineOnly()
    {
        var ports = Services.SelectMany(service => service.Value!.List("ports")).Select(port => port.GetValue<string>()).ToList();

        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public void Volumes_OfServices_AreThere()
    {
        var volumes = Services.SelectMany(service => service.Value!.List("volumes")).Select(volume => volume.GetValue<string>()).ToList();

        Assert.True(volumes.Count >= 5);
        foreach (var source in volumes.Select(volume => volume.Split(':')[0]))
        {
            if (source.StartsWith("./", StringComparison.Ordinal))
                Assert.True(Path.Exists(RepositoryRoot.PathTo(source.Split('/'))), source);
            else
                Assert.True(Compose.At("volumes").AsObject().ContainsKey(source), source);
        }
    }

    [Fact]
    public void Dashboards_OfGrafana_AreThoseOfTheChart()
    {
        var provider = Assert.Single(Yaml.File(RepositoryRoot.PathTo("deploy", "compose", "dashboards.yaml")).List("providers"));
        var mounts = Compose.List("services.grafana.volumes").Select(volume => volume.GetValue<string>());

        Assert.Contains($"./charts/eyeson-bridge/dashboards:{provider.Text("options.path")}:ro", mounts);
        Assert.Equal("http://grafana:4317", Compose.Text("services.bridge.environment.OTEL_EXPORTER_OTLP_ENDPOINT"));
    }
}
