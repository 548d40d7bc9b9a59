using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Load;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>What it costs to trace every tenth event, with a collector that takes everything: the load of <c>many-rooms</c>.</summary>
internal sealed class TracingScenario()
    : FloodScenario("tracing", "100 rooms, chat events at full speed, tracing one in ten", LoadKind.Chat, rooms: 100, eventsEach: 1000, eventsEachInShort: 0)
{
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
}
