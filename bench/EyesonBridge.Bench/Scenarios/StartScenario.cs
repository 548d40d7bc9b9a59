using EyesonBridge.Bench.Candidates;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>From the start of the process until 1,000 rooms are confirmed.</summary>
internal sealed class StartScenario : ObservingScenario
{
    private const int Rooms = 1000;

    private static readonly Measure New = new("new", "start, rooms registered anew", "s");
    private static readonly Measure Known = new("known", "start, rooms known from before", "s");
    private static readonly Measure Cpu = new("cpu", "CPU until then, registered anew", "s");

    public override string Name => "start";

    public override string Title => "Process start until 1,000 rooms are confirmed";

    public override IReadOnlyList<Measure> Measures { get; } = [New, Known, Cpu];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAndScript;

    public override int SecondsEach(bool isShort) => 18;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, Rooms, cancellationToken);
        figures.Add(candidate.Name, Cpu, session.Subject.Cpu.TotalSeconds);
        figures.Add(candidate.Name, New, session.StartTime.TotalSeconds);
        await Task.Delay(2000, cancellationToken);
        await session.RestartAsync(candidate, Rooms, cancellationToken);
        figures.Add(candidate.Name, Known, session.StartTime.TotalSeconds);
    }
}
