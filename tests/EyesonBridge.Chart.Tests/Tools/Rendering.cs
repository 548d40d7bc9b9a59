using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EyesonBridge.Testing;

namespace EyesonBridge.Chart.Tests.Tools;

/// <summary>What the chart becomes with each of its ci/*-values.yaml. Each is rendered once.</summary>
internal static class Rendering
{
    public const string Release = "bridge";

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Texts = new(StringComparer.Ordinal);

    /// <summary>Names such as <c>default</c>, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. Directory
        .EnumerateFiles(Path.Combine(Tool.Chart, "ci"), "*-values.yaml")
        .Select(file => Path.GetFileName(file).Replace("-values.yaml", "", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public static string FileOf(string name) => Path.Combine(Tool.Chart, "ci", $"{name}-values.yaml");

    public static Task<string> TextAsync(string name) => Texts.GetOrAdd(name, static key => new Lazy<Task<string>>(() => RenderAsync(key))).Value;

    public static async Task<IReadOnlyList<JsonObject>> ObjectsAsync(string name) => Yaml.Documents(await TextAsync(name));

    public static async Task<IReadOnlyList<JsonObject>> OfKindAsync(string name, string kind) =>
        [.. (await ObjectsAsync(name)).Where(document => document.Is(kind))];

    /// <summary>The bridge's StatefulSet.</summary>
    public static async Task<JsonObject> StatefulSetAsync(string name) => Assert.Single(await OfKindAsync(name, "StatefulSet"));

    /// <summary>What the bridge's pods come from: a StatefulSet, or a Deployment where they share a database.</summary>
    public static async Task<JsonObject> WorkloadAsync(string name) =>
        Assert.Single(await ObjectsAsync(name), document => document.Is("StatefulSet") || document.Is("Deployment"));

    /// <summary>The container that the bridge runs in.</summary>
    public static async Task<JsonNode> BridgeAsync(string name) =>
        BridgeOf((await WorkloadAsync(name)).At("spec.template.spec"));

    /// <summary>The container of ours in a pod: the bridge, or that of helm test.</summary>
    public static JsonNode BridgeOf(JsonNode pod) =>
        Assert.Single(pod.List("containers"), container => container.Text("name") is "bridge" or "list");

    /// <summary>The specs of all pods: the bridge's and that of helm test.</summary>
    public static async Task<IReadOnlyList<JsonNode>> PodsAsync(string name) =>
    [
        (await WorkloadAsync(name)).At("spec.template.spec"),
        .. (await OfKindAsync(name, "Pod")).Select(pod => pod.At("spec")),
    ];

    /// <summary>Renders with values given as <c>--set</c> takes them, above those of the file, if any.</summary>
    public static async Task<ToolResult> WithAsync(params string[] settings) =>
        await Tool.HelmAsync(["template", Release, Tool.Chart, .. settings.SelectMany(static setting => new[] { "--set", setting })]);

    /// <summary>All renderings as files of a folder.</summary>
    public static async Task WriteAllAsync(TempFolder folder)
    {
        foreach (var row in Names)
            await File.WriteAllTextAsync(Path.Combine(folder.Path, $"{row.Data}.yaml"), await TextAsync(row.Data), TestContext.Current.CancellationToken);
    }

    private static async Task<string> RenderAsync(string name)
    {
        var result = await Tool.HelmAsync("template", Release, Tool.Chart, "--namespace", "meetings", "--values", FileOf(name));
        result.AssertSuccess();
        return result.Output;
    }
}
