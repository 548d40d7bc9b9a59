using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Testing.Processes;

/// <summary>What a worker under test is started with: its settings, a control queue, and a folder for its store. Workers can follow each other in it.</summary>
internal sealed class WorkerEnvironment : IDisposable
{
    /// <param name="eyeson">The Eyeson to observe.</param>
    /// <param name="apiKey">The key of the account <c>default</c>.</param>
    /// <param name="broker">The broker.</param>
    /// <param name="queue">Begins the name of the control queue.</param>
    public WorkerEnvironment(Uri eyeson, string apiKey, Uri broker, string queue = "control")
    {
        Broker = broker;
        ControlQueue = RabbitMqServer.UniqueName(queue);
        Settings = BridgeSettings.For(eyeson, apiKey, broker, ControlQueue, StoreFile);
    }

    /// <summary>Where the broker is.</summary>
    public Uri Broker { get; }

    /// <summary>The worker's control queue; nobody else has it.</summary>
    public string ControlQueue { get; }

    /// <summary>Goes with the environment.</summary>
    public TempFolder Folder { get; } = new();

    /// <summary>The worker's store.</summary>
    public string StoreFile => Folder.Combine("bridge.db");

    /// <summary>The settings, as of the next start.</summary>
    public Dictionary<string, string> Settings { get; }

    /// <summary>The same settings with another store.</summary>
    public Dictionary<string, string> SettingsFor(string storeFile) =>
        new(Settings, StringComparer.Ordinal) { ["Store__ConnectionString"] = $"Data Source={Folder.Combine(storeFile)}" };

    /// <summary>Starts a worker.</summary>
    /// <param name="launcher">A program that becomes the worker, and its arguments; none starts it directly.</param>
    public BridgeProcess Start(params IEnumerable<string> launcher) => BridgeProcess.StartBy(launcher, Settings);

    /// <summary>Starts a worker and waits until it says that it is ready.</summary>
    public Task<BridgeProcess> StartReadyAsync(CancellationToken cancellationToken) => BridgeProcess.StartReadyAsync(Settings, cancellationToken);

    /// <summary>Who sends commands to the worker.</summary>
    public Task<ControlSender> ConnectAsync(CancellationToken cancellationToken) => ControlSender.ConnectAsync(Broker, ControlQueue, cancellationToken);

    /// <summary>Deletes the folder.</summary>
    public void Dispose() => Folder.Dispose();
}
