using System.Text.Json;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Reports;

/// <summary>The ratios that a run is compared with: <c>bench/baseline.json</c>.</summary>
internal sealed class Baseline(IReadOnlyDictionary<string, double> ratios)
{
    /// <summary>A ratio may get worse by less than a third: less than that cannot be told from noise.</summary>
    public const double Tolerance = 4d / 3;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<Baseline> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return new Baseline(await JsonSerializer.DeserializeAsync<Dictionary<string, double>>(file, Indented, cancellationToken)
            ?? throw new BenchException($"{path} is empty."));
    }

    /// <summary>The ratios of a run, as a baseline for later ones.</summary>
    public static string Write(IEnumerable<RatioRow> rows) => JsonSerializer.Serialize(
        rows.Where(IsCompared).ToDictionary(row => row.Name, row => Math.Round(row.Ratio!.Value, 3), StringComparer.Ordinal), Indented) + Environment.NewLine;

    /// <summary>The ratios that got worse by a third or more, each with what it was and what it is.</summary>
    public IReadOnlyList<string> Worse(IEnumerable<RatioRow> rows) =>
    [
        .. rows.Where(IsCompared).Where(row => ratios.TryGetValue(row.Name, out var before) && IsWorse(row.Measure, before, row.Ratio!.Value))
            .Select(row => $"{row.Name}: {MarkdownTable.Number(row.Ratio!.Value)} ×, was {MarkdownTable.Number(ratios[row.Name])} ×"),
    ];

    /// <summary>The ratios that a run should have had and has not.</summary>
    public IReadOnlyList<string> Missing(IEnumerable<RatioRow> rows, IReadOnlyList<string> scenarios)
    {
        var present = rows.Where(IsCompared).Select(row => row.Name).ToHashSet(StringComparer.Ordinal);
        return [.. ratios.Keys.Where(name => !present.Contains(name) && scenarios.Contains(name[..name.IndexOf('.')], StringComparer.Ordinal))];
    }

    private static bool IsCompared(RatioRow row) => row.Measure.IsChecked && row.Ratio is not null;

    private static bool IsWorse(Measure measure, double before, double now) =>
        measure.MoreIsBetter ? now * Tolerance <= before : now >= before * Tolerance;
}
