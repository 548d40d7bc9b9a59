using EyesonBridge.Bus;
using EyesonBridge.Hosting;
using EyesonBridge.Simulator;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli.Demo;

/// <summary>A simulated Eyeson, a bridge and a consumer, in this process; over RabbitMQ each with a connection of its own.</summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private const string ApiKey = "demo-key";

    private readonly RunningBridge _bridge;
    private readonly IBusControl _consumer;
    private readonly bool _ownsConsumer;

    private DemoStage(EyesonSimulator simulator, RunningBridge bridge, IBusControl consumer, string roomId, bool ownsConsumer)
    {
        Simulator = simulator;
        _bridge = bridge;
        _consumer = consumer;
        _ownsConsumer = ownsConsumer;
        RoomId = roomId;
        Control = ControlClient.Over(consumer, bridge.Services.GetRequiredService<IOptions<BusOptions>>().Value.ControlQueue);
    }

    public EyesonSimulator Simulator { get; }

    /// <summary>Gives commands over the bus.</summary>
    public ControlClient Control { get; }

    /// <summary>The room of the demo: the broker may be shared with a bridge that is at work.</summary>
    public string RoomId { get; }

    /// <param name="folder">For the store.</param>
    /// <param name="inMemory">Without a broker.</param>
    /// <param name="receive">Gets each event of the room as a consumer does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DemoStage> StartAsync(string folder, bool inMemory, Action<TailedEvent> receive, CancellationToken cancellationToken)
    {
        var roomId = $"demo-{Guid.NewGuid().ToString("N")[..8]}";
        var settings = inMemory ? null : BusSettings.Read();
        var consumer = settings is null ? null : await ClientBus.StartAsync(settings, TailQueue.Needs, Listen, cancellationToken);
        var simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, cancellationToken);
        Console.WriteLine($"Simulated Eyeson  {simulator.Url}");

        var bridge = await RunningBridge.StartAsync(Overrides(simulator.Url, roomId, folder, inMemory), cancellationToken);
        Console.WriteLine($"Bridge            {string.Join(", ", bridge.Urls)}/health/ready");
        Console.WriteLine(inMemory ? "Bus               in memory" : $"Bus               RabbitMQ at {new Uri(settings!.Url).Authority}");
        if (consumer is null)
        {
            consumer = bridge.Services.GetRequiredService<IBusControl>();
            await consumer.ConnectReceiveEndpoint("demo", endpoint => endpoint.Tail(Receive)).Ready;
        }

        return new DemoStage(simulator, bridge, consumer, roomId, ownsConsumer: settings is not null);

        void Listen(IRabbitMqBusFactoryConfigurator configurator) =>
            configurator.ReceiveEndpoint(new TailQueue(), null, endpoint => endpoint.Tail(Receive));

        void Receive(TailedEvent happened)
        {
            if (!string.Equals(happened.RoomId, roomId, StringComparison.Ordinal))
                return;

            Console.WriteLine(happened.ToLine());
            receive(happened);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsConsumer)
            await _consumer.StopAsync();
        await _bridge.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private static Dictionary<string, string?> Overrides(Uri eyeson, string roomId, string folder, bool inMemory)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Eyeson:Url"] = eyeson.ToString(),
            ["Eyeson:Accounts:default:ApiKey"] = ApiKey,
            ["Permalinks:PollInterval"] = "00:00:01",
            ["Store:ConnectionString"] = $"Data Source={Path.Combine(folder, "demo.db")}",
            ["Bus:ControlQueue"] = $"eyeson-bridge-{roomId}",
            ["Management:Url"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["Logging:LogLevel:EyesonBridge.Control"] = "Error", // a guest who comes too early is told so on purpose
        };
        if (inMemory)
            overrides["Bus:Transport"] = nameof(BusTransport.InMemory);
        return overrides;
    }
}
