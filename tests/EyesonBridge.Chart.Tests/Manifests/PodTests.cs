using System.Globalization;
using System.Text.Json.Nodes;
using EyesonBridge.Chart.Tests.Tools;

namespace EyesonBridge.Chart.Tests.Manifests;

/// <summary>What holds for the pods whatever the values are.</summary>
public sealed class PodTests
{
    private static readonly string[] Probes = ["startupProbe", "readinessProbe", "livenessProbe"];

    public static TheoryData<string> Names => Rendering.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Pods_Always_RunWithoutRights(string name)
    {
        var pods = await Rendering.PodsAsync(name);

        Assert.Equal(2, pods.Count);
        foreach (var pod in pods)
        {
            Assert.True(pod.At("securityContext.runAsNonRoot").GetValue<bool>());
            Assert.NotEqual(0, pod.Find("securityContext.runAsUser")?.GetValue<long>()); // without one the cluster chooses
            Assert.Equal("RuntimeDefault", pod.Text("securityContext.seccompProfile.type"));
            Assert.False(pod.At("automountServiceAccountToken").GetValue<bool>());
            var container = Rendering.BridgeOf(pod);
            Assert.False(container.At("securityContext.allowPrivilegeEscalation").GetValue<bool>());
            Assert.True(container.At("securityContext.readOnlyRootFilesystem").GetValue<bool>());
            Assert.Equal("ALL", Assert.Single(container.List("securityContext.capabilities.drop")).GetValue<string>());
            Assert.Null(container.Find("securityContext.privileged"));
            Assert.Null(container.Find("resources.limits.cpu"));
            Assert.NotNull(container.Find("resources.limits.memory"));
            Assert.NotNull(container.Find("resources.requests.cpu"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ServiceAccount_Always_HasNoToken(string name)
    {
        foreach (var account in await Rendering.OfKindAsync(name, "ServiceAccount"))
            Assert.False(account.At("automountServiceAccountToken").GetValue<bool>());
        Assert.DoesNotContain(await Rendering.ObjectsAsync(name), document => document.Is("Role") || document.Is("RoleBinding") || document.Is("ClusterRole"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Probes_Always_AskTheRightPath(string name)
    {
        if (name is "extras") // has its own
            return;

        var bridge = await Rendering.BridgeAsync(name);

        Assert.Equal("/health/startup", bridge.Text("startupProbe.httpGet.path"));
        Assert.Equal("/health/ready", bridge.Text("readinessProbe.httpGet.path"));
        Assert.Equal("/health/live", bridge.Text("livenessProbe.httpGet.path"));
        var asked = Probes.Select(probe => bridge.Text($"{probe}.httpGet.port"));
        var portName = Assert.Single(asked.Distinct(StringComparer.Ordinal));
        var port = Assert.Single(bridge.List("ports"), port => string.Equals(port.Text("name"), portName, StringComparison.Ordinal));
        Assert.EndsWith($":{port.At("containerPort")}", bridge.Variable("Management__Url"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ending_Always_LeavesMoreTimeThanTheBridgeTakes(string name)
    {
        var set = await Rendering.WorkloadAsync(name);
        var bridge = await Rendering.BridgeAsync(name);

        var takes = TimeSpan.ParseExact(bridge.Variable("Host__ShutdownTimeout")!, "c", CultureInfo.InvariantCulture);
        var leaves = TimeSpan.FromSeconds(set.At("spec.template.spec.terminationGracePeriodSeconds").GetValue<long>());

        Assert.True(leaves >= takes + TimeSpan.FromSeconds(5), $"{leaves} for {takes}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Mounts_Always_OnlyTheDataCanBeWritten(string name)
    {
        var bridge = await Rendering.BridgeAsync(name);

        var writable = bridge.List("volumeMounts").Where(mount => mount["readOnly"] is null).Select(mount => mount.Text("mountPath"));
        if ((await Rendering.WorkloadAsync(name)).Is("Deployment"))
        {
            Assert.Empty(writable);
            Assert.Null(bridge.Variable("SQLITE_TMPDIR"));
            return;
        }

        Assert.Equal(["/data"], writable);
        Assert.Equal("Data Source=/data/eyeson-bridge.db", bridge.Variable("Store__ConnectionString"));
        Assert.Equal("/data", bridge.Variable("SQLITE_TMPDIR"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Selectors_Always_MatchTheBridgeAndNotTheTest(string name)
    {
        var objects = await Rendering.ObjectsAsync(name);
        var set = await Rendering.WorkloadAsync(name);
        var bridge = set.At("spec.template.metadata.labels").AsObject();
        var test = Assert.Single(await Rendering.OfKindAsync(name, "Pod")).At("metadata.labels").AsObject();

        var selectors = objects.Where(document => !document.Is("ServiceMonitor")).SelectMany(document => new[]
        {
            document.Is("Service") ? document.Find("spec.selector") : document.Find("spec.selector.matchLabels"),
            document.Find("spec.podSelector.matchLabels"),
        }).OfType<JsonObject>().ToList();

        Assert.True(selectors.Count >= 3);
        Assert.All(selectors, selector => Assert.True(Matches(selector, bridge)));
        Assert.All(selectors, selector => Assert.False(Matches(selector, test)));

        static bool Matches(JsonObject selector, JsonObject labels) =>
            selector.All(pair => string.Equals((string?)labels[pair.Key], (string?)pair.Value, StringComparison.Ordinal));
    }
}
