using System.Text.Json.Nodes;

namespace EyesonBridge.Chart.Tests.Tools;

/// <summary>Finds things in nodes of JSON; fails the test when they are not there.</summary>
internal static class Json
{
    public static bool Is(this JsonNode node, string kind) => string.Equals((string?)node["kind"], kind, StringComparison.Ordinal);

    /// <summary>The node at a path such as <c>spec.template.spec</c>.</summary>
    public static JsonNode At(this JsonNode node, string path) =>
        node.Find(path) ?? throw new KeyNotFoundException($"There is no {path} in {node.ToJsonString()}");

    /// <summary>The node at a path, or null.</summary>
    public static JsonNode? Find(this JsonNode node, string path)
    {
        JsonNode? current = node;
        foreach (var part in path.Split('.'))
            current = current?[part];
        return current;
    }

    public static string Text(this JsonNode node, string path) => node.At(path).GetValue<string>();

    public static IReadOnlyList<JsonNode> List(this JsonNode node, string path) => [.. (node.Find(path) as JsonArray ?? []).Select(item => item!)];

    /// <summary>The value of a variable of a container's environment; null when it has none.</summary>
    public static string? Variable(this JsonNode container, string name) =>
        (string?)container.List("env").SingleOrDefault(variable => string.Equals((string?)variable["name"], name, StringComparison.Ordinal))?["value"];
}
