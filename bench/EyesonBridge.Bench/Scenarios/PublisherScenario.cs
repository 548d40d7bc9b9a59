using System.Diagnostics;
using System.Globalization;
using EyesonBridge.Bench.Candidates;
using EyesonBridge.Bench.Peers;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Sink;

namespace EyesonBridge.Bench.Scenarios;

/// <summary>Publishing alone, with nothing before it: what is left of a bridge when everything else is free.</summary>
internal sealed class PublisherScenario : Scenario
{
    private const int Events = 50_000;
    private const int Rooms = 100;

    private static readonly Measure Allocated = new("allocated", "allocated a message", "bytes");

    public override string Name => "publishers";

    public override string Title => "Publishing 50,000 messages of 900 bytes and nothing else, at most 1,000 unconfirmed";

    public override IReadOnlyList<Measure> Measures { get; } =
        [Scenarios.Measures.Throughput with { IsChecked = false }, Scenarios.Measures.Cpu with { IsChecked = false }, Scenarios.Measures.BrokerCpu, Allocated];

    public override IReadOnlyList<Candidate> Candidates(bool isShort) =>
    [
        new PublisherCandidate("RabbitMQ.Client", PublishKind.RabbitMqClient, RabbitMqPublisher.Exchange),
        new PublisherCandidate("MassTransit", PublishKind.MassTransit, MassTransitPublisher.Exchange),
    ];

    public override int SecondsEach(bool isShort) => 12;

    public override async Task MeasureAsync(Lab lab, Candidate candidate, Figures figures, CancellationToken cancellationToken)
    {
        var peer = (PublisherCandidate)candidate;
        await using var sink = Attached.StartRole("sink", lab.Broker.Url.ToString(), peer.Exchange, "fanout");
        await sink.AnswerAsync("start", TimeSpan.FromSeconds(30), cancellationToken);
        await using var publisher = Attached.StartRole("publish", peer.Kind.ToString(), lab.Broker.Url.ToString());
        await publisher.AnswerAsync("start", TimeSpan.FromSeconds(60), cancellationToken);
        await PublishAsync(publisher, sink, Events / 5, cancellationToken);
        await Task.Delay(1000, cancellationToken);

        var cpu = CpuClock.Of(publisher.Id);
        var brokerCpu = lab.BrokerCpu;
        var (published, received) = await PublishAsync(publisher, sink, Events, cancellationToken);
        var begun = long.Parse(published[1], CultureInfo.InvariantCulture);
        figures.Add(peer.Name, Scenarios.Measures.Throughput, Events / Stopwatch.GetElapsedTime(begun, received.LastAt).TotalSeconds);
        figures.Add(peer.Name, Scenarios.Measures.Cpu, (CpuClock.Of(publisher.Id) - cpu).TotalMicroseconds / Events);
        figures.Add(peer.Name, Scenarios.Measures.BrokerCpu, (lab.BrokerCpu - brokerCpu)?.TotalMicroseconds / Events);
        figures.Add(peer.Name, Allocated, double.Parse(published[2], CultureInfo.InvariantCulture) / Events);
    }

    private static async Task<(string[] Published, SinkReport Received)> PublishAsync(Attached publisher, Attached sink, int events, CancellationToken cancellationToken)
    {
        await sink.AskAsync("reset", cancellationToken);
        var published = await publisher.AskAsync(string.Create(CultureInfo.InvariantCulture, $"publish {events} {Rooms}"), cancellationToken);
        return (published, SinkReport.Parse(await sink.AskAsync(string.Create(CultureInfo.InvariantCulture, $"expect {events}"), cancellationToken)));
    }
}
