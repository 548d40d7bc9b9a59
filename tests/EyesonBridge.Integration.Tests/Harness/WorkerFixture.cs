using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A simulated Eyeson, a worker process at the shared broker, and a consumer of all events.</summary>
/// <param name="rabbit">The broker.</param>
/// <param name="name">Begins the name of the control queue.</param>
/// <param name="otherKeys">Keys that the simulated Eyeson takes beside <see cref="ApiKey"/>.</param>
public abstract class WorkerFixture(RabbitMqFixture rabbit, string name, params string[] otherKeys) : IAsyncLifetime
{
    /// <summary>The key of the account <c>default</c>.</summary>
    internal const string ApiKey = "fixture-key";

    private WorkerEnvironment? _environment;

    internal Uri Broker => rabbit.Url;

    internal string ControlQueue => Environment.ControlQueue;

    internal EyesonSimulator Simulator { get; private set; } = null!;

    internal BridgeProcess Bridge { get; private set; } = null!;

    internal EventCollector Events { get; private set; } = null!;

    internal ControlSender Control { get; private set; } = null!;

    /// <summary>What the worker is started with.</summary>
    internal WorkerEnvironment Environment => _environment!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey, .. otherKeys] }, Cancellation);
        _environment = new WorkerEnvironment(Simulator.Url, ApiKey, Broker, name);
        Configure(_environment.Settings);
        Bridge = await _environment.StartReadyAsync(Cancellation);
        Events = await EventCollector.StartAsync(Broker, "IRoomEvent", Cancellation);
        Control = await _environment.ConnectAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (Control is not null)
            await Control.DisposeAsync();
        if (Events is not null)
            await Events.DisposeAsync();
        if (Bridge is not null)
            await Bridge.DisposeAsync();
        if (Simulator is not null)
            await Simulator.DisposeAsync();
        _environment?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the worker is told beside that.</summary>
    private protected abstract void Configure(Dictionary<string, string> settings);
}
