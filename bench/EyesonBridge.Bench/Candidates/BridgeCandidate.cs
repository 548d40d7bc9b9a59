using System.Globalization;
using EyesonBridge.Bench.Processes;
using EyesonBridge.Bench.Scenarios;

namespace EyesonBridge.Bench.Candidates;

/// <summary>Our worker as operators run it, with nothing set but where Eyeson, broker and store are.</summary>
/// <param name="Name">What it is called in the results.</param>
internal sealed record BridgeCandidate(string Name = BridgeCandidate.Plain) : ObservingCandidate(Name)
{
    public const string Plain = "bridge";

    /// <summary>Further settings, for what is measured by comparison; <c>{port}</c> is the source's, <c>{folder}</c> the store's.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override string Exchange => "EyesonBridge.Contracts.V1:IRoomEvent";

    public override string ExchangeType => "fanout";

    public override async Task<Subject> StartAsync(Lab lab, int sourcePort, int rooms, CancellationToken cancellationToken)
    {
        // The commands wait in the queue for it, as the script's rooms wait in its arguments.
        await ControlQueue.FillAsync(lab, rooms, cancellationToken);
        return Run(lab, sourcePort, lab.NewFolder(Plain));
    }

    public override Task<Subject> RestartAsync(Lab lab, int sourcePort, int rooms, Subject before, CancellationToken cancellationToken) =>
        Task.FromResult(Run(lab, sourcePort, before.Folder));

    /// <summary>Starts it over a store that may be there already.</summary>
    public Subject Run(Lab lab, int sourcePort, string folder) =>
        Subject.Start(folder, ["dotnet", lab.Tools.Bridge, "run"], Settings(lab, sourcePort, folder));

    private Dictionary<string, string> Settings(Lab lab, int sourcePort, string folder)
    {
        var port = sourcePort.ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Eyeson__Url"] = $"http://127.0.0.1:{port}",
            ["Eyeson__Accounts__default__ApiKey"] = "bench-key",
            ["Bus__Url"] = lab.Broker.Url.ToString(),
            ["Store__ConnectionString"] = $"Data Source={Path.Combine(folder, "bridge.db")}",
            ["Management__Url"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in More)
            settings[key] = value.Replace("{port}", port, StringComparison.Ordinal).Replace("{folder}", folder, StringComparison.Ordinal);
        return settings;
    }
}
