using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Events at full speed: how many a second reach a consumer, and what each costs.</summary>
internal class FloodScenario(string name, string title, LoadKind kind, int rooms, int eventsEach, int eventsEachInShort) : ObservingScenario
{
    public override string Name => name;

    public override string Title => title;

    public override bool IsInShortForm => eventsEachInShort > 0;

    public override IReadOnlyList<Measure> Measures { get; } =
        [Scenarios.Measures.Throughput, Scenarios.Measures.Cpu, Scenarios.Measures.FirstCpu, Scenarios.Measures.BrokerCpu];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAndScripts(isShort);

    public override int SecondsEach(bool isShort) => 13 + (rooms * (isShort ? eventsEachInShort : eventsEach) / 6_000);

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        var events = lab.IsShort && eventsEachInShort > 0 ? eventsEachInShort : eventsEach;
        await using var session = await Session.StartAsync(lab, candidate, rooms, cancellationToken);

        // Code that runs for the first time is compiled first: that has a figure of its own. What a runtime compiles a second time,
        // because it turned out to be used often, it counts from the first pause on: so there is a second load before the one that counts.
        var first = await session.FloodAsync(kind, events / 2, cancellationToken);
        await session.WhenQuietAsync(cancellationToken);
        await session.FloodAsync(kind, events / 2, cancellationToken);
        await session.WhenQuietAsync(cancellationToken);
        var result = await session.FloodAsync(kind, events, cancellationToken);
        figures.Add(candidate.Name, Scenarios.Measures.Throughput, result.EventsPerSecond);
        figures.Add(candidate.Name, Scenarios.Measures.Cpu, result.CpuMicroseconds);
        figures.Add(candidate.Name, Scenarios.Measures.FirstCpu, first.CpuMicroseconds);
        figures.Add(candidate.Name, Scenarios.Measures.BrokerCpu, result.BrokerCpuMicroseconds);
    }
}
