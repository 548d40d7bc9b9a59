using System.Globalization;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Candidates;

/// <summary>Our worker as operators run it, with nothing set but where Eyeson, broker and store are.</summary>
/// <param name="name">What it is called in the results.</param>
/// <param name="more">Further settings, for what is measured by comparison.</param>
internal sealed class BridgeCandidate(string name = BridgeCandidate.Plain, Func<int, IReadOnlyDictionary<string, string>>? more = null) : Candidate
{
    public const string Plain = "bridge";

    public override string Name => name;

    public override string Exchange => "EyesonBridge.Contracts.V1:IRoomEvent";

    public override string ExchangeType => "fanout";

    public override async Task<Subject> StartAsync(Lab lab, int sourcePort, int rooms, CancellationToken cancellationToken)
    {
        // The commands wait in the queue for it, as the script's rooms wait in its arguments.
        await ControlQueue.FillAsync(lab, rooms, cancellationToken);
        return Run(lab, sourcePort, lab.NewFolder(Plain));
    }

    /// <summary>Starts it over a store that may be there already.</summary>
    public Subject Run(Lab lab, int sourcePort, string folder) =>
        Subject.Start(Path.Combine(folder, "bridge.log"), ["dotnet", lab.Tools.Bridge, "run"], Settings(lab, sourcePort, folder));

    public Dictionary<string, string> Settings(Lab lab, int sourcePort, string folder)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Eyeson__Url"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{sourcePort}"),
            ["Eyeson__Accounts__default__ApiKey"] = "bench-key",
            ["Bus__Url"] = lab.Broker.Url.ToString(),
            ["Store__ConnectionString"] = $"Data Source={Path.Combine(folder, "bridge.db")}",
            ["Management__Url"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in more?.Invoke(sourcePort) ?? new Dictionary<string, string>(StringComparer.Ordinal))
            settings[key] = value;
        return settings;
    }
}
