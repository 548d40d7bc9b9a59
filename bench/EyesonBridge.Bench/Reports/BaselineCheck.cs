using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Reports;

/// <summary>Compares a run with the baseline. A ratio that seems worse is measured once more before it is called so.</summary>
internal static class BaselineCheck
{
    /// <returns>Whether nothing got worse.</returns>
    public static async Task<bool> PassesAsync(
        Baseline baseline, IReadOnlyList<(Scenario Scenario, Figures Figures)> results, Runner runner, CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        foreach (var (scenario, figures) in results)
        {
            if (baseline.Worse(RatioRow.Of(scenario, figures)) is not { Count: > 0 } suspected)
                continue;

            await Console.Error.WriteLineAsync($"==> Measuring {scenario.Name} once more: {string.Join("; ", suspected)}");
            var again = new Figures();
            await runner.MeasureAsync(scenario, again, cancellationToken);
            failures.AddRange(baseline.Worse(RatioRow.Of(scenario, again)).Where(worse => suspected.Any(first => IsSame(first, worse))));
        }

        failures.AddRange(baseline.Missing(
            results.SelectMany(result => RatioRow.Of(result.Scenario, result.Figures)),
            [.. results.Select(result => result.Scenario.Name)]).Select(name => $"{name}: not measured"));
        foreach (var failure in failures)
            Console.WriteLine($"Worse by a third or more: {failure}");
        if (failures.Count == 0)
            Console.WriteLine("No ratio got worse by a third.");
        return failures.Count == 0;
    }

    private static bool IsSame(string one, string other) => string.Equals(one.Split(':')[0], other.Split(':')[0], StringComparison.Ordinal);
}
