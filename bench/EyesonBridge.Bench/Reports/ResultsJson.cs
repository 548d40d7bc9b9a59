using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Reports;

/// <summary>Results with every single value, for programs.</summary>
internal static class ResultsJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(JsonObject machine, IReadOnlyList<(Scenario Scenario, Figures Figures)> results) => new JsonObject
    {
        ["machine"] = machine.DeepClone(),
        ["scenarios"] = new JsonArray([.. results.Select(static result => Of(result.Scenario, result.Figures))]),
    }.ToJsonString(Indented);

    private static JsonObject Of(Scenario scenario, Figures figures) => new()
    {
        ["name"] = scenario.Name,
        ["title"] = scenario.Title,
        ["measures"] = new JsonArray([.. RatioRow.Of(scenario, figures).Select(row => Of(row, figures))]),
        ["failures"] = new JsonArray([.. figures.Failures.Select(static failure => JsonValue.Create(failure))]),
    };

    private static JsonObject Of(RatioRow row, Figures figures)
    {
        var values = new JsonObject();
        foreach (var candidate in row.Medians.Keys)
            values[candidate] = new JsonArray([.. figures.Values(candidate, row.Measure).Select(static value => JsonValue.Create(Math.Round(value, 4)))]);
        return new JsonObject
        {
            ["name"] = row.Name,
            ["title"] = row.Measure.Title,
            ["unit"] = row.Measure.Unit,
            ["moreIsBetter"] = row.Measure.MoreIsBetter,
            ["ratio"] = row.Ratio is { } ratio ? Math.Round(ratio, 4) : null,
            ["values"] = values,
        };
    }
}
