using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Reports;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Runs scenarios, candidates in turns, and says how far it is.</summary>
internal sealed class Runner(Lab lab, int? rounds)
{
    private readonly long _begun = Stopwatch.GetTimestamp();
    private int _secondsLeft;

    /// <summary>Measures all of them. One that fails does not keep the others from being measured.</summary>
    public async Task<IReadOnlyList<(Scenario Scenario, Figures Figures)>> RunAsync(IReadOnlyList<Scenario> scenarios, CancellationToken cancellationToken)
    {
        _secondsLeft = scenarios.Sum(scenario => RoundsOf(scenario) * scenario.Candidates(lab.IsShort).Count * scenario.SecondsEach(lab.IsShort));
        var results = new List<(Scenario, Figures)>();
        foreach (var scenario in scenarios)
        {
            var figures = new Figures();
            results.Add((scenario, figures));
            await MeasureAsync(scenario, figures, cancellationToken);
            await Console.Error.WriteLineAsync($"\n{MarkdownTable.Of(scenario, figures)}");
        }

        return results;
    }

    /// <summary>Measures one of them, all rounds of it.</summary>
    public async Task MeasureAsync(Scenario scenario, Figures figures, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= RoundsOf(scenario); round++)
        {
            foreach (var candidate in scenario.Candidates(lab.IsShort))
            {
                var elapsed = Stopwatch.GetElapsedTime(_begun);
                await Console.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"==> {elapsed:mm\\:ss}, about {Math.Max(1, (_secondsLeft + 30) / 60)} min left: {scenario.Name}, {candidate.Name}, round {round} of {RoundsOf(scenario)}"));
                try
                {
                    await scenario.MeasureAsync(lab, candidate, figures, cancellationToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    figures.Failures.Add($"{candidate.Name}, round {round}: {error.Message}");
                    await Console.Error.WriteLineAsync($"    failed: {error.Message}");
                }

                _secondsLeft -= scenario.SecondsEach(lab.IsShort);
            }
        }
    }

    private int RoundsOf(Scenario scenario) => rounds ?? (lab.IsShort ? 1 : scenario.Rounds);
}
