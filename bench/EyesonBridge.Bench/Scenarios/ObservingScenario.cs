using EyesonBridge.Bench.Candidates;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>A scenario whose candidates observe rooms of the source.</summary>
internal abstract class ObservingScenario : Scenario
{
    public sealed override Task MeasureAsync(Lab lab, Candidate candidate, Figures figures, CancellationToken cancellationToken) =>
        MeasureAsync(lab, (ObservingCandidate)candidate, figures, cancellationToken);

    protected abstract Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken);
}
