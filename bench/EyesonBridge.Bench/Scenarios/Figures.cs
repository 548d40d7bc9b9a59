namespace EyesonBridge.Bench.Scenarios;

/// <summary>What was measured in a scenario: for each candidate and measure one value a round.</summary>
internal sealed class Figures
{
    private readonly Dictionary<(string Candidate, string Measure), List<double>> _values = [];
    private readonly List<string> _candidates = [];

    /// <summary>The candidates, in the order in which they were measured first.</summary>
    public IReadOnlyList<string> Candidates => _candidates;

    /// <summary>What went wrong.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Adds a value, unless it could not be told.</summary>
    public void Add(string candidate, Measure measure, double? value)
    {
        if (value is not { } known)
            return;

        if (!_candidates.Contains(candidate, StringComparer.Ordinal))
            _candidates.Add(candidate);
        if (!_values.TryGetValue((candidate, measure.Key), out var values))
            _values[(candidate, measure.Key)] = values = [];
        values.Add(known);
    }

    public IReadOnlyList<double> Values(string candidate, Measure measure) =>
        _values.TryGetValue((candidate, measure.Key), out var values) ? values : [];

    public double? Median(string candidate, Measure measure)
    {
        var values = Values(candidate, measure).Order().ToArray();
        return values.Length switch
        {
            0 => null,
            _ when values.Length % 2 == 1 => values[values.Length / 2],
            _ => (values[(values.Length / 2) - 1] + values[values.Length / 2]) / 2,
        };
    }
}
