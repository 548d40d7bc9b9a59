using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What the worker allocates for an event, and for a ping.</summary>
internal sealed class AllocationScenario : ObservingScenario
{
    private static readonly Measure Many = new("many-rooms", "allocated an event, 100 rooms at full speed", "bytes");
    private static readonly Measure One = new("one-room", "allocated an event, one room at full speed", "bytes");
    private static readonly Measure Paced = new("paced", "allocated an event, 1,000 a second over 100 rooms", "bytes");
    private static readonly Measure Idle = new("ping", "allocated a ping, 100 idle rooms", "bytes");

    public override string Name => "allocations";

    public override string Title => "What is allocated for each event";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Many, One, Paced, Idle];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => [new BridgeCandidate { More = Heap.Settings }];

    public override int SecondsEach(bool isShort) => 60;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using (var session = await Session.StartAsync(lab, candidate, 100, cancellationToken))
        {
            await session.FloodAsync(LoadKind.Chat, 100, cancellationToken);
            figures.Add(candidate.Name, Many, await AllocatedAsync(session, 100 * 300, () => session.FloodAsync(LoadKind.Chat, 300, cancellationToken), cancellationToken));
            figures.Add(candidate.Name, Paced, await AllocatedAsync(session, 1000 * 10, () => session.PaceAsync(LoadKind.Chat, 1000, 10, cancellationToken), cancellationToken));
            await Task.Delay(2000, cancellationToken);
            figures.Add(candidate.Name, Idle, await AllocatedAsync(session, 400, () => Task.Delay(12_000, cancellationToken), cancellationToken));
        }

        await using (var session = await Session.StartAsync(lab, candidate, 1, cancellationToken))
        {
            await session.FloodAsync(LoadKind.Chat, 2000, cancellationToken);
            figures.Add(candidate.Name, One, await AllocatedAsync(session, 10_000, () => session.FloodAsync(LoadKind.Chat, 10_000, cancellationToken), cancellationToken));
        }
    }

    private static async Task<double> AllocatedAsync(Session session, int events, Func<Task> load, CancellationToken cancellationToken)
    {
        var before = await Heap.AllocatedBytesAsync(session.Subject, cancellationToken);
        await load();
        return (double)(await Heap.AllocatedBytesAsync(session.Subject, cancellationToken) - before) / events;
    }
}
