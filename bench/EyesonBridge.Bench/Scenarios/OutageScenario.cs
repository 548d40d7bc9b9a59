using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>
/// The broker goes away for a minute while events keep coming, and comes back. The script has no part in it: it ends when
/// its connection breaks, and what it held is lost.
/// </summary>
internal sealed class OutageScenario : ObservingScenario
{
    private const int Rooms = 100;
    private const int EventsPerSecond = 500;

    private static readonly Measure Before = new("rss-before", "memory before (RSS)", "MB");
    private static readonly Measure During = new("rss-during", "memory at most while it is away (RSS)", "MB");
    private static readonly Measure After = new("rss-after", "memory at most while catching up (RSS)", "MB");
    private static readonly Measure Back = new("back", "from the broker's return to the first event", "s");
    private static readonly Measure CatchUp = new("catch-up", "events a second while catching up", "1/s", MoreIsBetter: true);

    public override string Name => "outage";

    public override string Title => "The broker is away for 60 s, 500 events a second over 100 rooms";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Before, During, After, Back, CatchUp];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => CandidateLists.BridgeAlone;

    public override int SecondsEach(bool isShort) => 130;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, Rooms, cancellationToken);
        await session.PaceAsync(LoadKind.Chat, EventsPerSecond, 15, cancellationToken);
        await session.Sink.AskAsync("reset", cancellationToken);
        using var memory = new MemoryWatch(session.Subject);
        figures.Add(candidate.Name, Before, memory.Most / 1e6);

        // It goes on for as long as the broker is away, and a little before and after.
        var load = session.Source.AskAsync(
            string.Create(CultureInfo.InvariantCulture, $"pace {LoadKind.Chat} {EventsPerSecond} 80"), cancellationToken);
        await Task.Delay(5000, cancellationToken);
        await session.Sink.AskAsync("close", cancellationToken);
        var received = SinkReport.Parse(await session.Sink.AskAsync("tell", cancellationToken));
        await lab.Broker.StopAsync(cancellationToken);
        memory.Restart();
        await Task.Delay(TimeSpan.FromSeconds(60), cancellationToken);
        figures.Add(candidate.Name, During, memory.Most / 1e6);
        memory.Restart();
        await lab.Broker.StartAgainAsync(cancellationToken);
        var backAt = Stopwatch.GetTimestamp();
        await session.Sink.AskAsync("open", cancellationToken);
        var sent = SourceReport.Parse(await load);
        var all = SinkReport.Parse(await session.Sink.AskAsync(string.Create(CultureInfo.InvariantCulture, $"expect {sent.Stamped}"), cancellationToken));
        figures.Add(candidate.Name, After, memory.Most / 1e6);
        if (all.Missing > 0)
            throw new BenchException($"{all.Missing} events were missing after the outage.");

        figures.Add(candidate.Name, Back, Stopwatch.GetElapsedTime(backAt, all.ReopenedAt).TotalSeconds);
        figures.Add(candidate.Name, CatchUp, (all.CaughtUpAfter - received.Stamped) / Stopwatch.GetElapsedTime(all.ReopenedAt, all.CaughtUpAt).TotalSeconds);
    }
}
