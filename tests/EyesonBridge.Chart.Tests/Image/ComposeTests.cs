using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chart.Tests.Tools;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chart.Tests.Image;

public sealed partial class ComposeTests
{
    private static readonly JsonObject Compose = Yaml.File(RepositoryRoot.PathTo("compose.yaml"));

    private static readonly string Dockerfile = File.ReadAllText(RepositoryRoot.PathTo("Dockerfile"));

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Services => Compose.At("services").AsObject();

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Samples => Services.Where(service => service.Value!["profiles"]?[0]?.GetValue<string>() is "samples");

    [Fact]
    public void Services_OfOurs_AreRestrictedAsInTheChart()
    {
        foreach (var name in (IEnumerable<string>)["bridge", "simulator", "consumer", "meetings", "replica", "replica-meetings", .. Samples.Select(sample => sample.Key)])
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
        Assert.Equal(2, Services.Except(Samples).Count(service => service.Value!["build"] is not null));
    }

    [Fact]
    public void Samples_WithTheirProfile_AreThoseOfTheFolder()
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, service) in Samples)
        {
            Assert.StartsWith("sample-", name, StringComparison.Ordinal);
            Assert.Equal("samples", Assert.Single(service!.List("profiles")).GetValue<string>());
            var dockerfile = Path.Combine(service!.Text("build.context"), (string?)service!.Find("build.dockerfile") ?? "Dockerfile");
            Assert.True(File.Exists(RepositoryRoot.PathTo(dockerfile)), dockerfile);
            Assert.EndsWith(":/data", Assert.Single(service!.List("volumes")).GetValue<string>(), StringComparison.Ordinal);
            folders.Add(Path.GetDirectoryName(Path.GetRelativePath("samples", dockerfile))!);
        }

        Assert.Equal(
            Directory.GetDirectories(RepositoryRoot.PathTo("samples")).Where(HasImage).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            folders.Order(StringComparer.Ordinal));
        Assert.Equal(["1", "2", "3"], Samples.SelectMany(sample => sample.Value!.List("command")).Select(argument => argument.GetValue<string>()));
    }

    /// <summary>All but the AppHost, which does by itself what compose does.</summary>
    private static bool HasImage(string folder) => !File.Exists(Path.Combine(folder, "AppHost.csproj"));

    [Fact]
    public void Plugins_OfTheBroker_AreThoseOfTheImageAndOfTheSamples() =>
        Assert.Equal(
            "[rabbitmq_management,rabbitmq_prometheus,rabbitmq_consistent_hash_exchange].\n",
            File.ReadAllText(RepositoryRoot.PathTo("deploy", "compose", "enabled_plugins")));

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
    public void Replicas_OfTheProfilePostgres_ShareADatabaseAndAQueue()
    {
        var replica = Compose.At("services.replica");
        var database = Compose.At("services.postgres");

        var ofProfile = Services.Where(service => service.Value!.List("profiles").Any(profile => profile.GetValue<string>() is "postgres")).Select(service => service.Key);
        Assert.Equal(["postgres", "replica", "replica-meetings"], ofProfile.Order(StringComparer.Ordinal));
        Assert.Equal(3, replica.At("deploy.replicas").GetValue<long>());
        var ports = PortRange().Match(Assert.Single(replica.List("ports")).GetValue<string>());
        Assert.Equal(3, 1 + Number("last") - Number("first"));
        Assert.Equal("Postgres", replica.Text("environment.Store__Provider"));
        Assert.Null(replica["volumes"]);
        var connection = new DbConnectionStringBuilder { ConnectionString = replica.Text("environment.Store__ConnectionString") };
        Assert.Equal("postgres", connection["Host"]);
        Assert.Equal(database.Text("environment.POSTGRES_DB"), connection["Database"]);
        Assert.Equal(database.Text("environment.POSTGRES_USER"), connection["Username"]);
        Assert.Equal(database.Text("environment.POSTGRES_PASSWORD"), connection["Password"]);
        Assert.Equal("service_healthy", replica.Text("depends_on.postgres.condition"));
        Assert.NotNull(database["healthcheck"]);
        // Commands for the bridge with a store of its own are none of theirs.
        Assert.Null(Compose.Find("services.bridge.environment.Bus__ControlQueue"));
        Assert.Equal(replica.Text("environment.Bus__ControlQueue"), Compose.Text("services.replica-meetings.environment.CONTROL_QUEUE"));

        int Number(string group) => int.Parse(ports.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Dashboards_OfGrafana_AreThoseOfTheChart()
    {
        var provider = Assert.Single(Yaml.File(RepositoryRoot.PathTo("deploy", "compose", "dashboards.yaml")).List("providers"));
        var mounts = Compose.List("services.grafana.volumes").Select(volume => volume.GetValue<string>());

        Assert.Contains($"./charts/eyeson-bridge/dashboards:{provider.Text("options.path")}:ro", mounts);
        Assert.Equal("http://grafana:4317", Compose.Text("services.bridge.environment.OTEL_EXPORTER_OTLP_ENDPOINT"));
    }

    [GeneratedRegex("^127.0.0.1:(?<first>[0-9]+)-(?<last>[0-9]+):8080$", RegexOptions.NonBacktracking)]
    private static partial Regex PortRange();
}
