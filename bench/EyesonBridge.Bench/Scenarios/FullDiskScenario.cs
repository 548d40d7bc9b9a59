using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>
/// The worst that memory has to bear: a thousand meetings send all they have, the broker is away, and the disk is full. What then
/// waits has to wait in the sockets.
/// </summary>
internal sealed class FullDiskScenario : ObservingScenario
{
    private const int Rooms = 1000;
    private const int EventsEach = 150;
    private const int DiskMebibytes = 64;

    private const string StoreFails = "[2003]";

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(45);

    private static readonly Measure Before = new("rss-before", "memory before (RSS)", "MB");
    private static readonly Measure During = new("rss-during", "memory at most while the disk is full (RSS)", "MB");
    private static readonly Measure After = new("rss-after", "memory at most while catching up (RSS)", "MB");

    public override string Name => "full-disk";

    public override string Title => "1,000 rooms at full speed, no broker, and a disk of 64 MiB that is full";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Before, During, After];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) => [new BridgeCandidate { DiskMebibytes = DiskMebibytes }];

    public override int SecondsEach(bool isShort) => 130;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, Rooms, cancellationToken);
        await session.Sink.AskAsync("reset", cancellationToken);
        await session.Sink.AskAsync("close", cancellationToken);
        await lab.Broker.StopAsync(cancellationToken);
        using var memory = new MemoryWatch(session.Subject);
        figures.Add(candidate.Name, Before, memory.Most / 1e6);

        var load = session.Source.AskAsync(
            string.Create(CultureInfo.InvariantCulture, $"flood {LoadKind.Chat} {EventsEach}"), cancellationToken, TimeSpan.FromMinutes(5));
        await Task.Delay(Away, cancellationToken);
        if (session.Subject.HasExited || session.Subject.FindLine(StoreFails) is null)
            throw new BenchException($"The disk was not full. The candidate's last lines:\n{session.Subject.LastLines}");

        figures.Add(candidate.Name, During, memory.Most / 1e6);
        memory.Restart();
        await lab.Broker.StartAgainAsync(cancellationToken);
        await session.Sink.AskAsync("open", cancellationToken);
        var sent = SourceReport.Parse(await load);
        var all = SinkReport.Parse(await session.Sink.AskAsync(string.Create(CultureInfo.InvariantCulture, $"expect {sent.Stamped}"), cancellationToken, TimeSpan.FromMinutes(5)));
        figures.Add(candidate.Name, After, memory.Most / 1e6);
        if (all.Missing > 0)
            throw new BenchException($"{all.Missing} events were missing.");
    }
}
