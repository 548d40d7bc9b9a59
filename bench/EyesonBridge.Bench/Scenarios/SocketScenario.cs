using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Peers;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What one more silent room takes: of the whole worker, of our client alone, and of what else could have been under it.</summary>
internal sealed class SocketScenario : ObservingScenario
{
    private const int Few = 100;
    private const int Many = 3100;

    private static readonly Measure Each = new("memory", "memory a room (RSS)", "KB");
    private static readonly Measure Ping = new("ping-cpu", "CPU a ping", "µs");

    public override string Name => "idle-sockets";

    public override string Title => "One more idle room: 3,100 against 100";

    public override int Rounds => 1;

    public override IReadOnlyList<Measure> Measures { get; } = [Each, Ping];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) =>
    [
        new BridgeCandidate(),
        new SocketCandidate("our client alone", SocketKind.CableClient),
        new SocketCandidate("ClientWebSocket", SocketKind.ClientWebSocket),
        new SocketCandidate("Websocket.Client", SocketKind.WebsocketClient),
        new NodeCandidate(Window: null),
    ];

    public override int SecondsEach(bool isShort) => 50;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        var (fewBytes, fewCpu) = await ObserveAsync(lab, candidate, Few, cancellationToken);
        var (manyBytes, manyCpu) = await ObserveAsync(lab, candidate, Many, cancellationToken);
        const double Pings = (Many - Few) * 9 / 3;
        figures.Add(candidate.Name, Each, (manyBytes - fewBytes) / 1000d / (Many - Few));
        figures.Add(candidate.Name, Ping, (manyCpu - fewCpu).TotalMicroseconds / Pings);
    }

    private static async Task<(long Bytes, TimeSpan Cpu)> ObserveAsync(Lab lab, ObservingCandidate candidate, int rooms, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, rooms, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(6), cancellationToken);
        var cpu = await session.IdleCpuAsync(TimeSpan.FromSeconds(9), cancellationToken);
        return (session.Subject.Memory.Rss, cpu);
    }
}
