using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>So many events a second: how late they reach a consumer, and what each costs when there is time between them.</summary>
internal sealed class PacedScenario(string name, string title, int rooms, int eventsPerSecond, bool isInShortForm) : ObservingScenario
{
    public override string Name => name;

    public override string Title => title;

    public override bool IsInShortForm => isInShortForm;

    public override IReadOnlyList<Measure> Measures { get; } =
        [Scenarios.Measures.P50, Scenarios.Measures.P99, Scenarios.Measures.P999, Scenarios.Measures.Cpu, Scenarios.Measures.BrokerCpu];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAndScripts(isShort);

    public override int SecondsEach(bool isShort) => 14 + Seconds(isShort);

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, rooms, cancellationToken);
        await session.FloodAsync(LoadKind.Chat, 10_000 / rooms, cancellationToken);
        await session.PaceAsync(LoadKind.Chat, eventsPerSecond, 3, cancellationToken);
        await session.WhenQuietAsync(cancellationToken);
        var result = await session.PaceAsync(LoadKind.Chat, eventsPerSecond, Seconds(lab.IsShort), cancellationToken);
        figures.Add(candidate.Name, Scenarios.Measures.P50, result.Received.P50 / 1000d);
        figures.Add(candidate.Name, Scenarios.Measures.P99, result.Received.P99 / 1000d);
        figures.Add(candidate.Name, Scenarios.Measures.P999, result.Received.P999 / 1000d);
        figures.Add(candidate.Name, Scenarios.Measures.Cpu, result.CpuMicroseconds);
        figures.Add(candidate.Name, Scenarios.Measures.BrokerCpu, result.BrokerCpuMicroseconds);
    }

    private static int Seconds(bool isShort) => isShort ? 6 : 15;
}
