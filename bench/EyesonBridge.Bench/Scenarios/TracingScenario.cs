using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What it costs to trace every tenth event, with a collector that takes everything.</summary>
internal sealed class TracingScenario : ObservingScenario
{
    public override string Name => "tracing";

    public override string Title => "100 rooms, chat events at full speed, tracing one in ten";

    public override IReadOnlyList<Measure> Measures { get; } = [Scenarios.Measures.Throughput, Scenarios.Measures.Cpu];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) =>
    [
        new BridgeCandidate("traced")
        {
            More = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = "http://127.0.0.1:{port}/v1/traces",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_TRACES_SAMPLER"] = "parentbased_traceidratio",
                ["OTEL_TRACES_SAMPLER_ARG"] = "0.1",
            },
        },
        new BridgeCandidate("not traced"),
    ];

    public override int SecondsEach(bool isShort) => 20;

    protected override async Task MeasureAsync(Lab lab, ObservingCandidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        await using var session = await Session.StartAsync(lab, candidate, 100, cancellationToken);
        await session.FloodAsync(LoadKind.Chat, 300, cancellationToken);
        await session.WhenQuietAsync(cancellationToken);
        var result = await session.FloodAsync(LoadKind.Chat, 600, cancellationToken);
        figures.Add(candidate.Name, Scenarios.Measures.Throughput, result.EventsPerSecond);
        figures.Add(candidate.Name, Scenarios.Measures.Cpu, result.CpuMicroseconds);
    }
}
