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

    /// <summary>The size of a disk of its own for the store, in memory; null for the disk that results are on.</summary>
    public int? DiskMebibytes { get; init; }

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
        Subject.Start(folder, [.. OnItsDisk(folder), "dotnet", lab.Tools.Bridge, "run"], Settings(lab, sourcePort, folder));

    // In a namespace, so that nobody has to be root.
    private IReadOnlyList<string> OnItsDisk(string folder) => DiskMebibytes is { } size
        ? ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", $"mount -t tmpfs -o size={size}m tmpfs {StoreIn(folder)} && exec \"$@\"", "_"]
        : [];

    private string StoreIn(string folder)
    {
        if (DiskMebibytes is null)
            return folder;

        var disk = Path.Combine(folder, "disk");
        Directory.CreateDirectory(disk);
        return disk;
    }

    private Dictionary<string, string> Settings(Lab lab, int sourcePort, string folder)
    {
        var port = sourcePort.ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Eyeson__Url"] = $"http://127.0.0.1:{port}",
            ["Eyeson__Accounts__default__ApiKey"] = "bench-key",
            ["Bus__Url"] = lab.Broker.Url.ToString(),
            ["Store__ConnectionString"] = $"Data Source={Path.Combine(StoreIn(folder), "bridge.db")}",
            ["Management__Url"] = "http://127.0.0.1:0",
        };
        foreach (var (key, value) in More)
            settings[key] = value.Replace("{port}", port, StringComparison.Ordinal).Replace("{folder}", folder, StringComparison.Ordinal);
        return settings;
    }
}
