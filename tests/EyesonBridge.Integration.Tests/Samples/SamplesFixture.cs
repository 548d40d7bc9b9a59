using System.Text;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Integration.Tests.Packages;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Samples;

/// <summary>All samples, started before the bridge has ever run at their broker, and then a bridge and a simulated Eyeson.</summary>
public sealed class SamplesFixture : IAsyncLifetime
{
    /// <summary>No room can have this id.</summary>
    internal const string WrongRoom = "not a room id";

    private const string ApiKey = "samples-key";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly List<SampleProcess> _processes = [];
    private readonly TempFolder _data = new();
    private WorkerEnvironment? _environment;
    private BridgeProcess? _bridge;

    internal RabbitMqServer Server { get; private set; } = null!;

    internal EyesonSimulator Simulator { get; private set; } = null!;

    internal EventCollector Events { get; private set; } = null!;

    internal ControlSender Control { get; private set; } = null!;

    internal SampleProcess Csharp { get; private set; } = null!;

    internal SampleProcess Node { get; private set; } = null!;

    internal SampleProcess Python { get; private set; } = null!;

    /// <summary>A Python with pika.</summary>
    internal string Interpreter { get; private set; } = "";

    /// <summary>The three workers.</summary>
    internal IReadOnlyList<SampleProcess> Ordered { get; private set; } = [];

    /// <summary>The rooms that the samples have the bridge observe.</summary>
    internal SimulatedRoom CsharpRoom { get; private set; } = null!;

    internal SimulatedRoom NodeRoom { get; private set; } = null!;

    internal SimulatedRoom PythonRoom { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var building = BuildNodeAsync();
        Interpreter = await PythonWithPikaAsync();
        Server = await RabbitMqServer.StartPrivateAsync(Cancellation);
        await Server.EnablePluginAsync("rabbitmq_consistent_hash_exchange", Cancellation);
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        (CsharpRoom, NodeRoom, PythonRoom) = (Simulator.CreateRoom("csharp-room"), Simulator.CreateRoom("node-room"), Simulator.CreateRoom("python-room"));
        await building;

        Python = Start("python", "python", PythonRoom.Id);
        Node = Start("node", "node", NodeRoom.Id);
        Ordered = [.. Enumerable.Range(1, 3).Select(number => Start("ordered", "ordered", $"{number}"))];
        await Task.WhenAll(Ordered.Append(Python).Append(Node).Select(sample => sample.SaysAsync("Connected.", Cancellation)));

        Csharp = Start("csharp", "csharp", CsharpRoom.Id, WrongRoom);
        _environment = new WorkerEnvironment(Simulator.Url, ApiKey, Server.Url);
        _environment.Settings["Bus__ControlQueue"] = "eyeson-bridge-control";
        _bridge = await _environment.StartReadyAsync(Cancellation);
        Control = await ControlSender.ConnectAsync(Server.Url, "eyeson-bridge-control", Cancellation);
        Events = await EventCollector.StartAsync(Server.Url, "IRoomEvent", Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Select(process => process.DisposeAsync().AsTask()));
        if (Events is not null)
            await Events.DisposeAsync();
        if (Control is not null)
            await Control.DisposeAsync();
        if (_bridge is not null)
            await _bridge.DisposeAsync();
        if (Simulator is not null)
            await Simulator.DisposeAsync();
        _environment?.Dispose();
        if (Server is not null)
            await Server.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Starts a sample as its README says.</summary>
    /// <param name="sample">Its folder.</param>
    /// <param name="data">The name of the folder for what it saves.</param>
    /// <param name="arguments">Its arguments.</param>
    internal SampleProcess Start(string sample, string data, params IEnumerable<string> arguments)
    {
        var (program, first) = sample switch
        {
            "csharp" => (DotnetCommand.Program, (string[])["run", "--no-build", "--configuration", Configuration, "--"]),
            "node" => ("node", ["dist/main.js"]),
            "python" => (Interpreter, ["attendance.py"]),
            _ => (Interpreter, ["worker.py"]),
        };
        var process = SampleProcess.Start(sample, Server.Url, Data(data), program, [.. first, .. arguments]);
        _processes.Add(process);
        return process;
    }

    /// <summary>Stops the broker and starts it again; who sends commands for the tests connects anew.</summary>
    internal async Task RestartBrokerAsync()
    {
        await Control.DisposeAsync();
        await Server.RestartAsync(Cancellation);
        Control = await ControlSender.ConnectAsync(Server.Url, "eyeson-bridge-control", Cancellation);
    }

    /// <summary>A file or folder of what the samples save.</summary>
    internal string Data(params string[] path) => Path.Combine([_data.Path, .. path]);

    /// <summary>Publishes an event once more, as the bridge does after a failure.</summary>
    internal Task RepeatAsync(ReceivedEvent happened) => PublishAsync(happened.Type, happened.RoomId, happened.Text);

    /// <summary>Publishes to the exchange of a type of events.</summary>
    internal async Task PublishAsync(string type, string roomId, string text) => await Control.Channel.BasicPublishAsync(
        $"EyesonBridge.Contracts.V1:{type}", roomId, mandatory: false, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(text), Cancellation);

    private static async Task BuildNodeAsync()
    {
        var folder = RepositoryRoot.PathTo("samples", "node");
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < File.GetLastWriteTimeUtc(Path.Combine(folder, "package-lock.json")))
            await DotnetCommand.RunAsync("npm", folder, ["ci", "--ignore-scripts"], Cancellation);
        await DotnetCommand.RunAsync("npm", folder, ["run", "build"], Cancellation);
    }

    /// <summary>Pika is in the distribution's Python; the first on the path can be another one.</summary>
    private static async Task<string> PythonWithPikaAsync()
    {
        foreach (var python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                await DotnetCommand.RunAsync(python, Path.GetTempPath(), ["-c", "import pika"], Cancellation);
                return python;
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // The next one.
            }
        }

        throw MissingTool.Error("Python's pika (the package python3-pika)");
    }
}
