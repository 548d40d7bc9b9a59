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
    private readonly CommandOutput _output;

    private DemoStage(CommandOutput output, EyesonSimulator simulator, RunningBridge bridge, IBusControl consumer, string roomId, bool ownsConsumer)
    {
        _output = output;
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

    /// <summary>Sets it up. Of the settings that are there only the broker counts, and with the bus in memory none does.</summary>
    /// <param name="context">The command.</param>
    /// <param name="folder">For the store.</param>
    /// <param name="inMemory">Without a broker.</param>
    /// <param name="receive">Gets each event of the room as a consumer does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DemoStage> StartAsync(CommandContext context, string folder, bool inMemory, Action<TailedEvent> receive, CancellationToken cancellationToken)
    {
        var roomId = $"demo-{Guid.NewGuid().ToString("N")[..8]}";
        var broker = inMemory ? null : ReadBroker(context.Settings);
        var consumer = broker is null ? null : await StartConsumerAsync(broker, Listen, cancellationToken);
        var simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, cancellationToken);
        context.Output.Line($"Simulated Eyeson  {simulator.Url}");

        var bridge = await RunningBridge.StartAsync(Settings(simulator.Url, roomId, folder, broker?.Options), cancellationToken, alone: true);
        context.Output.Line($"Bridge            {string.Join(", ", bridge.Urls)}/health/ready");
        context.Output.Line(broker is null ? "Bus               in memory" : $"Bus               RabbitMQ at {broker.Url.Authority}");
        if (consumer is null)
        {
            consumer = bridge.Services.GetRequiredService<IBusControl>();
            await consumer.ConnectReceiveEndpoint("demo", endpoint => endpoint.Tail(Receive)).Ready;
        }

        return new DemoStage(context.Output, simulator, bridge, consumer, roomId, ownsConsumer: broker is not null);

        void Listen(IRabbitMqBusFactoryConfigurator configurator) =>
            configurator.ReceiveEndpoint(new TailQueue(), null, endpoint => endpoint.Tail(Receive));

        void Receive(TailedEvent happened)
        {
            if (!string.Equals(happened.RoomId, roomId, StringComparison.Ordinal))
                return;

            context.Output.Line(happened.ToLine());
            receive(happened);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsConsumer)
            await ClientBus.StopAsync(_consumer);
        await _bridge.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    /// <summary>Prints a line.</summary>
    public void Tell(string line) => _output.Line(line);

    private static CliBroker? ReadBroker(CliSettings settings)
    {
        var options = settings.Read(BusOptions.Section, new BusOptionsValidator());
        return options.Transport == BusTransport.InMemory ? null : settings.BrokerOf(options);
    }

    private static async Task<IBusControl> StartConsumerAsync(CliBroker broker, Action<IRabbitMqBusFactoryConfigurator> listen, CancellationToken cancellationToken)
    {
        try
        {
            return await ClientBus.StartAsync(broker, TailQueue.Needs, listen, cancellationToken);
        }
        catch (CommandFailure failure)
        {
            throw new CommandFailure($"{failure.Message} With --in-memory the demo needs no broker.");
        }
    }

    private static Dictionary<string, string?> Settings(Uri eyeson, string roomId, string folder, BusOptions? broker)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Eyeson:Url"] = eyeson.ToString(),
            ["Eyeson:Accounts:default:ApiKey"] = ApiKey,
            ["Permalinks:PollInterval"] = "00:00:01",
            ["Store:ConnectionString"] = $"Data Source={Path.Combine(folder, "demo.db")}",
            ["Bus:ControlQueue"] = $"eyeson-bridge-{roomId}",
            ["Bus:Transport"] = broker is null ? nameof(BusTransport.InMemory) : nameof(BusTransport.RabbitMq),
            ["Management:Url"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:EyesonBridge.Control"] = "Error", // a guest who comes too early is told so on purpose
        };
        if (broker is not null)
        {
            settings["Bus:Url"] = broker.Url;
            settings["Bus:CaFile"] = broker.CaFile;
            settings["Bus:ClientCertificateFile"] = broker.ClientCertificateFile;
            settings["Bus:ClientKeyFile"] = broker.ClientKeyFile;
        }

        return settings;
    }
}
