using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace EyesonBridge.Contracts.Tests.Schemas;

/// <summary>The schemas of docs/contracts, as a consumer uses them: with a validator that knows nothing of ours.</summary>
internal static class CommittedSchemas
{
    private static readonly EvaluationOptions Strict = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static readonly Dictionary<string, JsonSchema> Schemas = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "docs", "contracts", "V1"))
        .ToDictionary(file => Path.GetFileName(file)[..^".schema.json".Length], file => JsonSchema.FromText(File.ReadAllText(file)), StringComparer.Ordinal);

    /// <summary>The names of what they describe.</summary>
    internal static IEnumerable<string> Names => Schemas.Keys.Order(StringComparer.Ordinal);

    /// <summary>What is wrong with some JSON according to the schema of that name.</summary>
    internal static IReadOnlyList<string> Problems(string name, JsonNode? json)
    {
        using var document = JsonSerializer.SerializeToDocument(json);
        var results = Schemas[name].Evaluate(document.RootElement, Strict);
        return results.IsValid
            ? []
            : [.. (results.Details ?? []).SelectMany(detail => (detail.Errors ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(error => $"{detail.InstanceLocation}: {error.Value}")).DefaultIfEmpty("invalid")];
    }
}
