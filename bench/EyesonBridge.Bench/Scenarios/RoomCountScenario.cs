using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>The same number of events a second over ever more rooms: an event must not cost more because there are more rooms.</summary>
internal sealed class RoomCountScenario : ObservingScenario
{
    private const int EventsPerSecond = 1000;

    private static readonly Measure Whole = new("cpu-with-pings", "CPU an event, with that of the pings", "µs");

    public override string Name => "room-count";

    public override string Title => "1,000 chat events a second over 10,000, 1,000 and 100 rooms";

    public override string Reference => Rooms(100).Name;

    public override IReadOnlyList<Measure> Measures { get; } = [Scenarios.Measures.Cpu, Whole, Scenarios.Measures.P50, Scenarios.Measures.P99];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => [Rooms(10_000), Rooms(1000), Rooms(100)];

    public override int SecondsEach(bool isShort) => 55;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        var rooms = int.Parse(candidate.Name.Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await using var session = await Session.StartAsync(lab, candidate, rooms, cancellationToken);
        await session.FloodAsync(LoadKind.Chat, 20_000 / rooms, cancellationToken);
        await session.PaceAsync(LoadKind.Chat, EventsPerSecond, 5, cancellationToken);
        await Task.Delay(4000, cancellationToken);
        var window = TimeSpan.FromSeconds(8);
        var idle = await session.IdleCpuAsync(window, cancellationToken);
        var result = await session.PaceAsync(LoadKind.Chat, EventsPerSecond, 15, cancellationToken);

        // The load took half a second more than it sent for: see Session.
        var pings = idle * ((result.Elapsed + TimeSpan.FromMilliseconds(500)) / window);
        figures.Add(candidate.Name, Scenarios.Measures.Cpu, (result.Cpu - pings).TotalMicroseconds / result.Sent.Frames);
        figures.Add(candidate.Name, Whole, result.CpuMicroseconds);
        figures.Add(candidate.Name, Scenarios.Measures.P50, result.Received.P50 / 1000d);
        figures.Add(candidate.Name, Scenarios.Measures.P99, result.Received.P99 / 1000d);
    }

    private static BridgeCandidate Rooms(int count) => new(string.Create(CultureInfo.InvariantCulture, $"{count:#,0} rooms"));
}
