using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Processes;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>How fast the source itself is, to a client that only reads: no candidate can be measured above it.</summary>
internal sealed class CeilingScenario : Scenario
{
    private const int EventsEach = 3000;

    private static readonly Measure SourceCpu = new("source-cpu", "CPU an event, source", "µs");

    public override string Name => "ceiling";

    public override string Title => "What the source can send to a client that only reads, 100 rooms";

    public override IReadOnlyList<Measure> Measures { get; } =
        [Scenarios.Measures.Throughput with { IsChecked = false }, SourceCpu];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => [new Candidate("reader")];

    public override int SecondsEach(bool isShort) => 4;

    public override async Task MeasureAsync(Lab lab, Candidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var source = Attached.StartRole("source");
        var port = (await source.AnswerAsync("start", TimeSpan.FromSeconds(30), cancellationToken))[1];
        await using var reader = Attached.StartRole("read", port, "100");
        await reader.AnswerAsync("start", TimeSpan.FromSeconds(30), cancellationToken);
        await source.AskAsync("rooms 100", cancellationToken);
        foreach (var events in (int[])[500, EventsEach])
        {
            await reader.AskAsync("reset", cancellationToken);
            var cpu = CpuClock.Of(source.Id);
            var sent = SourceReport.Parse(await source.AskAsync(string.Create(CultureInfo.InvariantCulture, $"flood {LoadKind.Chat} {events}"), cancellationToken));
            var read = await reader.AskAsync(string.Create(CultureInfo.InvariantCulture, $"expect {sent.Stamped}"), cancellationToken);
            if (events != EventsEach)
                continue;

            var elapsed = Stopwatch.GetElapsedTime(sent.BegunAt, long.Parse(read[1], CultureInfo.InvariantCulture));
            figures.Add(candidate.Name, Scenarios.Measures.Throughput, sent.Frames / elapsed.TotalSeconds);
            figures.Add(candidate.Name, SourceCpu, (CpuClock.Of(source.Id) - cpu).TotalMicroseconds / sent.Frames);
        }
    }
}
