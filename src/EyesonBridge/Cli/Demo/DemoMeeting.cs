using EyesonBridge.Configuration;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Hosting;
using EyesonBridge.Simulator;
using MassTransit;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Cli.Demo;

/// <summary>A simulated Eyeson, a bridge and a consumer, in this process; over RabbitMQ each with a connection of its own.</summary>
internal sealed class DemoMeeting : IAsyncDisposable
{
    private const string ApiKey = "demo-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly EyesonSimulator _simulator;
    private readonly RunningBridge _bridge;
    private readonly IBusControl _consumer;
    private readonly ControlClient _control;
    private readonly DemoTally _tally;
    private readonly string _roomId;
    private readonly bool _ownsConsumer;

    private DemoMeeting(EyesonSimulator simulator, RunningBridge bridge, IBusControl consumer, DemoTally tally, string roomId, bool ownsConsumer)
    {
        _simulator = simulator;
        _bridge = bridge;
        _consumer = consumer;
        _tally = tally;
        _roomId = roomId;
        _ownsConsumer = ownsConsumer;
        _control = ControlClient.Over(consumer, bridge.Services.GetRequiredService<IOptions<BusOptions>>().Value.ControlQueue);
    }

    public static async Task<DemoMeeting> StartAsync(string folder, bool inMemory, CancellationToken cancellationToken)
    {
        var tally = new DemoTally();
        var roomId = $"demo-{Guid.NewGuid().ToString("N")[..8]}"; // the broker may be shared with a bridge that is at work
        var settings = inMemory ? null : BusSettings.Read();
        var consumer = settings is null ? null : await ClientBus.StartAsync(settings, Listen, cancellationToken);
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

        return new DemoMeeting(simulator, bridge, consumer, tally, roomId, ownsConsumer: settings is not null);

        void Listen(IRabbitMqBusFactoryConfigurator configurator) =>
            configurator.ReceiveEndpoint(new TemporaryTailEndpoint(), null, endpoint => endpoint.Tail(Receive));

        void Receive(TailedEvent happened)
        {
            if (!string.Equals(happened.RoomId, roomId, StringComparison.Ordinal))
                return;

            Console.WriteLine(happened.ToLine());
            tally.Add(happened);
        }
    }

    /// <summary>Runs the meeting. True when nothing is missing.</summary>
    public async Task<bool> RunAsync(double speed, CancellationToken cancellationToken)
    {
        var room = _simulator.CreateRoom(_roomId, "Demo");
        var command = new ObserveRoom { RoomId = room.Id };
        var accepted = await _control.RequestAsync<ObserveRoom, ObservationAccepted>(command, cancellationToken);
        Console.WriteLine($"Control queue     {accepted.RoomId} is registered with account {accepted.Account}");
        Console.WriteLine();

        var script = new ScriptedMeetingOptions { Speed = speed, WaitForObservers = 1 };
        await ScriptedMeeting.RunAsync(room, script, cancellationToken);
        await Task.WhenAny(_tally.WhenEnded, Task.Delay(Patience, cancellationToken));

        var (summary, missing) = _tally.SumUp(room);
        Console.WriteLine();
        Console.WriteLine(summary);
        return missing == 0;
    }

    public async ValueTask DisposeAsync()
    {
        if (_ownsConsumer)
            await _consumer.StopAsync();
        await _bridge.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    private static Dictionary<string, string?> Overrides(Uri eyeson, string roomId, string folder, bool inMemory)
    {
        var overrides = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Eyeson:Url"] = eyeson.ToString(),
            ["Eyeson:Accounts:default:ApiKey"] = ApiKey,
            ["Store:ConnectionString"] = $"Data Source={Path.Combine(folder, "demo.db")}",
            ["Bus:ControlQueue"] = $"eyeson-bridge-{roomId}",
            ["Management:Url"] = "http://127.0.0.1:0",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        };
        if (inMemory)
            overrides["Bus:Transport"] = nameof(BusTransport.InMemory);
        return overrides;
    }
}
