using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Reports;

/// <summary>A line of the results: what a measure came to for each candidate, and the first candidate's part of the best other.</summary>
/// <param name="Name">Scenario and measure, as in the baseline.</param>
/// <param name="Measure">What was measured.</param>
/// <param name="Medians">By candidate.</param>
/// <param name="Ratio">The first candidate divided by the best of the others; null when there is nothing to compare.</param>
internal sealed record RatioRow(string Name, Measure Measure, IReadOnlyDictionary<string, double> Medians, double? Ratio)
{
    public static IEnumerable<RatioRow> Of(Scenario scenario, Figures figures)
    {
        foreach (var measure in scenario.Measures)
        {
            var medians = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var candidate in figures.Candidates)
            {
                if (figures.Median(candidate, measure) is { } median)
                    medians[candidate] = median;
            }

            if (medians.Count > 0)
                yield return new RatioRow($"{scenario.Name}.{measure.Key}", measure, medians, RatioOf(scenario, measure, medians));
        }
    }

    private static double? RatioOf(Scenario scenario, Measure measure, Dictionary<string, double> medians)
    {
        var ours = scenario.Candidates(isShort: false)[0].Name;
        var others = medians.Where(median => IsOther(median.Key)).Select(median => median.Value).ToList();
        if (others.Count == 0 || !medians.TryGetValue(ours, out var own))
            return null;

        var best = measure.MoreIsBetter ? others.Max() : others.Min();
        return best == 0 ? null : own / best;

        bool IsOther(string candidate) => scenario.Reference is { } reference
            ? string.Equals(candidate, reference, StringComparison.Ordinal)
            : !string.Equals(candidate, ours, StringComparison.Ordinal);
    }
}
