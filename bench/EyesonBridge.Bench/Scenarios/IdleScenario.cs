using EyesonBridge.Bench.Candidates;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Rooms in which nothing happens, a ping every three seconds each: memory, and the CPU that the pings take.</summary>
internal sealed class IdleScenario(string name, string title, int rooms, bool isInShortForm) : ObservingScenario
{
    public override string Name => name;

    public override string Title => title;

    public override bool IsInShortForm => isInShortForm;

    public override int Rounds => rooms > 1000 ? 2 : 3;

    public override IReadOnlyList<Measure> Measures { get; } =
        [Scenarios.Measures.Rss, Scenarios.Measures.Pss, Scenarios.Measures.IdleCpu, Scenarios.Measures.Start];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAndScript;

    public override int SecondsEach(bool isShort) => 24 + (rooms / 250);

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, rooms, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(lab.IsShort ? 5 : 10), cancellationToken);
        var window = TimeSpan.FromSeconds(10);
        var cpu = await session.IdleCpuAsync(window, cancellationToken);
        var memory = session.Subject.Memory;
        figures.Add(candidate.Name, Scenarios.Measures.Rss, memory.Rss / 1e6);
        figures.Add(candidate.Name, Scenarios.Measures.Pss, memory.Pss / 1e6);
        figures.Add(candidate.Name, Scenarios.Measures.IdleCpu, 100 * cpu / window);
        figures.Add(candidate.Name, Scenarios.Measures.Start, session.StartTime.TotalSeconds);
    }
}
