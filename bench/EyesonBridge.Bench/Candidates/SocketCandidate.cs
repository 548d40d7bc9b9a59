using System.Globalization;
using EyesonBridge.Bench.Peers;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Candidates;

/// <summary>Something that observes and publishes nothing.</summary>
internal sealed record SocketCandidate(string Name, SocketKind Kind) : ObservingCandidate(Name)
{
    public override string Exchange => "eyeson-bridge-bench-nothing";

    public override string ExchangeType => "fanout";

    public override Task<Subject> StartAsync(Lab lab, int sourcePort, int rooms, CancellationToken cancellationToken)
    {
        string[] command =
        [
            "dotnet", typeof(SocketCandidate).Assembly.Location,
            "observe", Kind.ToString(), sourcePort.ToString(CultureInfo.InvariantCulture), rooms.ToString(CultureInfo.InvariantCulture),
        ];
        return Task.FromResult(Subject.Start(lab.NewFolder(Kind.ToString()), command, new Dictionary<string, string>(StringComparer.Ordinal)));
    }

    public override Task<Subject> RestartAsync(Lab lab, int sourcePort, int rooms, Subject before, CancellationToken cancellationToken) =>
        StartAsync(lab, sourcePort, rooms, cancellationToken);
}
