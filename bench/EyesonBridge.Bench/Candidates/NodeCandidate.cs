using System.Globalization;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Candidates;

/// <summary>The script that a team would write instead: see <c>bench/peers/node</c>.</summary>
/// <param name="Window">Most messages that are not confirmed at a time; null for no limit.</param>
internal sealed record NodeCandidate(int? Window)
    : ObservingCandidate(Window is null ? Plain : string.Create(CultureInfo.InvariantCulture, $"{Plain}, window {Window}"))
{
    public const string Plain = "node";

    public override string Exchange => "eyeson.events";

    public override string ExchangeType => "topic";

    public override Task<Subject> StartAsync(Lab lab, int sourcePort, int rooms, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OBSERVER_URL"] = string.Create(CultureInfo.InvariantCulture, $"ws://127.0.0.1:{sourcePort}/rt"),
            ["AMQP_URL"] = lab.Broker.Url.ToString(),
            ["API_KEY"] = "bench-key",
        };
        if (Window is { } most)
            environment["WINDOW"] = most.ToString(CultureInfo.InvariantCulture);
        return Task.FromResult(Subject.Start(
            lab.NewFolder(Plain), ["node", lab.Tools.NodeScript, rooms.ToString(CultureInfo.InvariantCulture)], environment));
    }

    /// <summary>It keeps nothing.</summary>
    public override Task<Subject> RestartAsync(Lab lab, int sourcePort, int rooms, Subject before, CancellationToken cancellationToken) =>
        StartAsync(lab, sourcePort, rooms, cancellationToken);
}
