using System.Text;
using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

public sealed class SecretTests
{
    private const string Key = "key-in-the-values";
    private const string Url = "amqp://trial:password-in-the-values@rabbitmq:5672";

    public static TheoryData<string> Names => Rendering.Names;

    [Fact]
    public async Task Secret_OfKeysInTheValues_IsTheOnlyPlaceThatHoldsThem()
    {
        var objects = await Rendering.ObjectsAsync("trial");

        var secret = Assert.Single(objects, document => document.Is("Secret"));
        Assert.Equal(Key, Decoded(secret, "data.api-key-default"));
        Assert.Equal(Url, Decoded(secret, "data.broker-url"));
        Assert.DoesNotContain("password-in-the-values", await Rendering.TextAsync("trial"), StringComparison.Ordinal);
        Assert.DoesNotContain(Key, await Rendering.TextAsync("trial"), StringComparison.Ordinal);
        var name = secret.Text("metadata.name");
        Assert.Equal([name, name], await SourcesAsync("trial"));
    }

    [Fact]
    public async Task Checksum_OfTheSecret_ChangesWithIt()
    {
        var before = await ChecksumAsync("broker.url=amqp://one");
        var after = await ChecksumAsync("broker.url=amqp://two");
        var without = Yaml.Documents((await Rendering.WithAsync()).Output).Single(document => document.Is("StatefulSet"));

        Assert.NotEqual(before, after);
        Assert.Equal(before, await ChecksumAsync("broker.url=amqp://one"));
        Assert.Null(without.Find("spec.template.metadata.annotations.checksum/secret"));

        static async Task<string> ChecksumAsync(string setting)
        {
            var set = Yaml.Documents((await Rendering.WithAsync(setting)).Output).Single(document => document.Is("StatefulSet"));
            return set.At("spec.template.metadata.annotations")["checksum/secret"]!.GetValue<string>();
        }
    }

    [Fact]
    public async Task ExistingSecrets_OfOtherNames_AreMountedAsFiles()
    {
        var set = await Rendering.StatefulSetAsync("secrets");
        var bridge = Assert.Single(set.List("spec.template.spec.containers"));

        Assert.Equal(["eyeson-sales", "eyeson-support", "rabbitmq-default-user"], await SourcesAsync("secrets"));
        Assert.Empty(await Rendering.OfKindAsync("secrets", "Secret"));
        Assert.Equal("/etc/eyeson-bridge/keys/sales", bridge.Variable("Eyeson__Accounts__sales__ApiKeyFile"));
        Assert.Equal("/etc/eyeson-bridge/keys/support", bridge.Variable("Eyeson__Accounts__support__ApiKeyFile"));
        Assert.Null(bridge.Variable("Eyeson__Accounts__default__ApiKeyFile"));
        Assert.Equal("meetings-control", bridge.Variable("Bus__ControlQueue"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task BrokerUrl_Always_IsAFileNamedAsItsSetting(string name)
    {
        foreach (var pod in await Rendering.PodsAsync(name))
        {
            var container = Rendering.BridgeOf(pod);
            var folder = container.Variable("EYESONBRIDGE_SECRETS_DIRECTORY");
            var mount = Assert.Single(container.List("volumeMounts"), mount => string.Equals(mount.Text("mountPath"), folder, StringComparison.Ordinal));
            var volume = Assert.Single(pod.List("volumes"), volume => string.Equals(volume.Text("name"), mount.Text("name"), StringComparison.Ordinal));
            var item = Assert.Single(volume.List("projected.sources")[0].List("secret.items"));
            Assert.Equal("Bus__Url", item.Text("path"));
            Assert.Null(container.Variable("Bus__Url"));
        }
    }

    [Fact]
    public async Task OwnSecret_OfAReleaseNamedAsTheChart_IsNotTheOneItTakesKeysFrom()
    {
        var result = await Tool.HelmAsync("template", "eyeson-bridge", Tool.Chart, "--values", Rendering.FileOf("credentials"));

        result.AssertSuccess();
        var objects = Yaml.Documents(result.Output);
        var own = Assert.Single(objects, document => document.Is("Secret")).Text("metadata.name");
        var keys = Assert.Single(objects, document => document.Is("StatefulSet")).List("spec.template.spec.volumes")
            .Single(volume => volume.Text("name") is "keys").List("projected.sources")[0].Text("secret.name");
        Assert.Equal(("eyeson-bridge-values", "eyeson-bridge"), (own, keys));
    }

    [Fact]
    public async Task UserAndPassword_OfSecretsOfTheirOwn_AreFilesNamedAsTheirSettings()
    {
        foreach (var pod in await Rendering.PodsAsync("credentials"))
        {
            var sources = Assert.Single(pod.List("volumes"), volume => volume.Text("name") is "broker").List("projected.sources");

            Assert.Equal(
                ["bridge-eyeson-bridge-values broker-url Bus__Url", "rabbitmq-default-user username Bus__Username", "vault-rabbitmq rabbitmq-password Bus__Password"],
                sources.Select(source => (Name: source.Text("secret.name"), Item: Assert.Single(source.List("secret.items"))))
                    .Select(source => $"{source.Name} {source.Item["key"]} {source.Item["path"]}"));
        }
    }

    [Fact]
    public async Task ClientCertificate_UnderOtherKeys_IsUnderTheNamesOfTheSettings()
    {
        foreach (var pod in await Rendering.PodsAsync("credentials"))
        {
            var items = Assert.Single(pod.List("volumes"), volume => volume.Text("name") is "broker-client").List("secret.items");

            Assert.Equal(["client.pem tls.crt", "client-key.pem tls.key"], items.Select(item => $"{item["key"]} {item["path"]}"));
            Assert.Equal("/etc/eyeson-bridge/broker-client/tls.crt", Rendering.BridgeOf(pod).Variable("Bus__ClientCertificateFile"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ConfigMapsAndEnvironment_Always_HoldNoSecret(string name)
    {
        foreach (var map in await Rendering.OfKindAsync(name, "ConfigMap"))
        {
            Assert.DoesNotContain("amqp:", map.ToJsonString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("ApiKey", map.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }

        foreach (var container in (await Rendering.PodsAsync(name)).SelectMany(pod => pod.List("containers")))
        {
            var fromSecrets = container.List("env").Where(variable => variable.Find("valueFrom.secretKeyRef") is not null);
            Assert.All(fromSecrets, variable => Assert.Equal("OTEL_EXPORTER_OTLP_HEADERS", variable.Text("name")));
            Assert.DoesNotContain(container.List("env"), variable => variable.Text("name").EndsWith("__ApiKey", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task Authorities_OfOurOwn_AreFilesThatTheSettingsName()
    {
        var set = await Rendering.StatefulSetAsync("ca");
        var bridge = Assert.Single(set.List("spec.template.spec.containers"));
        var volumes = set.List("spec.template.spec.volumes");

        Assert.Equal("/etc/eyeson-bridge/broker-ca/ca.crt", bridge.Variable("Bus__CaFile"));
        Assert.Equal("/etc/eyeson-bridge/eyeson-ca/ca.crt", bridge.Variable("Eyeson__CaFile"));
        var broker = Assert.Single(volumes, volume => volume.Text("name") is "broker-ca");
        Assert.Equal("rabbitmq-ca", broker.Text("secret.secretName"));
        Assert.Equal("tls-ca.crt", Assert.Single(broker.List("secret.items")).Text("key"));
        Assert.Equal("company-ca", Assert.Single(volumes, volume => volume.Text("name") is "eyeson-ca").Text("configMap.name"));
        Assert.Contains(bridge.List("volumeMounts"), mount => mount.Text("mountPath") is "/etc/eyeson-bridge/broker-ca");
        Assert.Contains(bridge.List("volumeMounts"), mount => mount.Text("mountPath") is "/etc/eyeson-bridge/eyeson-ca");
    }

    private static string Decoded(JsonNode secret, string path) => Encoding.UTF8.GetString(Convert.FromBase64String(secret.Text(path)));

    /// <summary>The secrets that the bridge's volumes come from: keys first, then the broker's address.</summary>
    private static async Task<IReadOnlyList<string>> SourcesAsync(string name) =>
    [
        .. (await Rendering.StatefulSetAsync(name)).List("spec.template.spec.volumes")
            .SelectMany(volume => volume.List("projected.sources"))
            .Select(source => source.Text("secret.name")),
    ];
}
