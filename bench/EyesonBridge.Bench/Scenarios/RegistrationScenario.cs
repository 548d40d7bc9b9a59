using System.Diagnostics;
using EyesonBridge.Bench.Candidates;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>10,000 commands to a worker that runs, each a request that wants its answer.</summary>
internal sealed class RegistrationScenario : ObservingScenario
{
    private const int Rooms = 10_000;

    private static readonly Measure Rate = new("rate", "registrations a second", "1/s", MoreIsBetter: true);
    private static readonly Measure Cpu = new("cpu", "CPU a registration, with that of connecting meanwhile", "µs");
    private static readonly Measure Confirmed = new("confirmed", "until all rooms are confirmed", "s");

    public override string Name => "registrations";

    public override string Title => "10,000 registrations over the control queue";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Rate, Cpu, Confirmed];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAlone;

    public override int SecondsEach(bool isShort) => 70;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, 1, cancellationToken);
        await Task.Delay(1000, cancellationToken);
        var cpu = session.Subject.Cpu;
        var begun = Stopwatch.GetTimestamp();
        var took = await ControlQueue.RequestAsync(lab, Rooms, cancellationToken);
        figures.Add(candidate.Name, Rate, Rooms / took.TotalSeconds);
        figures.Add(candidate.Name, Cpu, (session.Subject.Cpu - cpu).TotalMicroseconds / Rooms);
        await session.WhenObservedAsync(Rooms, cancellationToken);
        figures.Add(candidate.Name, Confirmed, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
