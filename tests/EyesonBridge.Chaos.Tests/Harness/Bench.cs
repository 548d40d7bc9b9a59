using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Chaos.Tests.Harness;

/// <summary>One of each: simulator, worker, and a consumer's queue, at a broker where nobody else is.</summary>
internal sealed class Bench : IStormBench, IAsyncDisposable
{
    public const string ApiKey = "chaos-api-key-3f9d1c7e5b";

    /// <summary>Within which the worker ends after SIGTERM: <c>Host:ShutdownTimeout</c>, and what the runtime needs.</summary>
    public static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25 + 5);

    private readonly WorkerEnvironment _environment;
    private BridgeProcess? _worker;

    private Bench(Uri broker, EyesonSimulator simulator)
    {
        _environment = new WorkerEnvironment(simulator.Url, ApiKey, broker);
        Simulator = simulator;
        Queue = new EventQueue(broker);
        Settings["Bus__PublishTimeout"] = "00:00:02";
        Settings["Observer__SilenceTimeout"] = "00:00:04";
        Settings["Observer__ReconnectWithin"] = "00:00:00.1";
        Settings["Observer__ReconnectWithinAtMost"] = "00:00:00.5";
        Settings["Observer__CallsPerSecond"] = "200";
        Settings["Observer__WaitInterval"] = "00:00:15"; // as it is without a setting
    }

    public Uri Broker => _environment.Broker;

    public EyesonSimulator Simulator { get; }

    public EventQueue Queue { get; }

    public string ControlQueue => _environment.ControlQueue;

    public string StoreFile => _environment.StoreFile;

    /// <summary>A folder that goes with the bench.</summary>
    public TempFolder Folder => _environment.Folder;

    /// <summary>The worker's environment, as of its next start.</summary>
    public Dictionary<string, string> Settings => _environment.Settings;

    /// <summary>The worker as it runs now.</summary>
    public BridgeProcess Worker => _worker ?? throw new InvalidOperationException("No worker is started.");

    /// <summary>All that the workers of this bench have printed.</summary>
    public List<string> Printed { get; } = [];

    /// <param name="broker">A broker, or a virtual host of one, where nobody else is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="options">The simulator's; the keys and the pings are given.</param>
    /// <param name="listenTo">What the consumer is bound to.</param>
    public static async Task<Bench> SetUpAsync(
        Uri broker, CancellationToken cancellationToken, SimulatorOptions? options = null, string listenTo = "IRoomEvent")
    {
        var simulator = await EyesonSimulator.StartAsync(
            (options ?? new SimulatorOptions()) with { ApiKeys = [ApiKey], PingInterval = TimeSpan.FromSeconds(1) }, cancellationToken);
        var bench = new Bench(broker, simulator);
        await bench.Queue.DeclareAsync(cancellationToken, listenTo);
        return bench;
    }

    /// <summary>Starts the worker, on the store as it is.</summary>
    public void Start(params IReadOnlyList<string> launcher) => _worker = _environment.Start(launcher);

    /// <summary>Starts the worker and waits until it is ready.</summary>
    public async Task StartReadyAsync(CancellationToken cancellationToken, params IReadOnlyList<string> launcher)
    {
        Start(launcher);
        await Worker.WhenReadyAsync(cancellationToken);
    }

    /// <summary>Starts meetings that are observed when this completes.</summary>
    public async Task<IReadOnlyList<SimulatedRoom>> ObserveNewRoomsAsync(int count, CancellationToken cancellationToken)
    {
        List<SimulatedRoom> rooms = [.. Enumerable.Range(1, count).Select(number => Simulator.CreateRoom($"room-{number}"))];
        await using var control = await _environment.ConnectAsync(cancellationToken);
        foreach (var room in rooms)
            await control.ObserveAsync(room.Id, cancellationToken);
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, cancellationToken);
        return rooms;
    }

    /// <summary>Starts a meeting that is observed when this completes, with one participant, <c>alice</c>.</summary>
    public async Task<SimulatedRoom> ObserveNewRoomAsync(CancellationToken cancellationToken)
    {
        var room = (await ObserveNewRoomsAsync(1, cancellationToken))[0];
        room.Join(new SimulatedUser("alice", "Alice"));
        return room;
    }

    /// <summary>Ends the worker as a crash does.</summary>
    public async Task KillAsync()
    {
        await Worker.KillAsync();
        await ForgetAsync();
    }

    /// <summary>Asks the worker to end, which it has to do in time and with 0.</summary>
    public async Task TerminateAsync()
    {
        var code = await Worker.TerminateAsync(StopWithin);
        Assert.True(code == 0, $"The worker ended with {code}.{Environment.NewLine}{Worker.Transcript}");
        await ForgetAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_worker is not null)
            await _worker.DisposeAsync();
        await Simulator.DisposeAsync();
        _environment.Dispose();
    }

    private async Task ForgetAsync()
    {
        Printed.Add(Worker.Transcript);
        await Worker.DisposeAsync();
        _worker = null;
    }
}
