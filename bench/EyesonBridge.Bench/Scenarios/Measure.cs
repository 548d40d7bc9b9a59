namespace EyesonBridge.Bench.Scenarios;

/// <summary>A figure that a scenario takes of each candidate.</summary>
/// <param name="Key">Its name in <c>results.json</c>; together with the scenario's it names a ratio.</param>
/// <param name="Title">Its name in tables.</param>
/// <param name="Unit">What it is in.</param>
/// <param name="MoreIsBetter">Whether a higher figure is the better one.</param>
/// <param name="IsChecked">Whether its ratio is steady enough to fail a run that is compared with a baseline.</param>
internal sealed record Measure(string Key, string Title, string Unit, bool MoreIsBetter = false, bool IsChecked = false);
