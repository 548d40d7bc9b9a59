using EyesonBridge.Contracts.V1;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Otlp;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using MassTransit;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EyesonBridge.Integration.Tests.Telemetry;

/// <summary>
/// A simulated Eyeson, a private broker, a worker, a real OTLP receiver, and two consumers: one with MassTransit, which
/// traces what it receives, and one that keeps what comes.
/// </summary>
public sealed class TelemetryFixture : IAsyncLifetime
{
    internal const string ApiKey = "telemetry-api-key-5d1f8a";
    internal const string Consumer = "test-consumer";

    private TracerProvider _tracer = null!;
    private IBusControl _bus = null!;

    internal RabbitMqServer Broker { get; private set; } = null!;

    internal OtlpReceiver Receiver { get; private set; } = null!;

    internal EyesonSimulator Simulator { get; private set; } = null!;

    /// <summary>What the worker is started with.</summary>
    internal WorkerEnvironment Environment { get; private set; } = null!;

    /// <summary>The worker; a test may put another one in its place.</summary>
    internal BridgeProcess Bridge { get; set; } = null!;

    /// <summary>What came on the broker.</summary>
    internal EventCollector Events { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var broker = RabbitMqServer.StartPrivateAsync(Cancellation);
        Receiver = await OtlpReceiver.StartAsync(Cancellation);
        Broker = await broker;
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        Environment = new WorkerEnvironment(Simulator.Url, ApiKey, Broker.Url);
        Environment.Settings["Management__Prometheus"] = "true";
        foreach (var (name, value) in Receiver.EnvironmentFor("grpc"))
            Environment.Settings[name] = value;

        _tracer = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(Consumer))
            .AddSource("MassTransit")
            .AddOtlpExporter(exporter =>
            {
                exporter.Endpoint = new Uri(Receiver.HttpEndpoint, "/v1/traces");
                exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                exporter.BatchExportProcessorOptions.ScheduledDelayMilliseconds = 100;
            })
            .Build();
        _bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(Broker.Url);
            configurator.ReceiveEndpoint("test-consumer", endpoint => endpoint.Handler<ChatMessageSent>(_ => Task.CompletedTask));
        });
        await _bus.StartAsync(Cancellation);
        Events = await EventCollector.StartAsync(Broker.Url, nameof(IRoomEvent), Cancellation);
        Bridge = await Environment.StartReadyAsync(Cancellation);
    }

    /// <summary>Starts a meeting that is observed.</summary>
    internal async Task<SimulatedRoom> ObserveAsync(string? traceParent = null)
    {
        var room = Simulator.CreateRoom(RabbitMqServer.UniqueName("traced"));
        await using var control = await Environment.ConnectAsync(Cancellation);
        await control.ObserveAsync(room.Id, Cancellation, traceParent);
        await room.WhenSubscribedAsync(1, Cancellation);
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        if (Bridge is not null)
            await Bridge.DisposeAsync();
        if (Events is not null)
            await Events.DisposeAsync();
        if (_bus is not null)
            await _bus.StopAsync(CancellationToken.None);
        _tracer?.Dispose();
        if (Simulator is not null)
            await Simulator.DisposeAsync();
        if (Receiver is not null)
            await Receiver.DisposeAsync();
        if (Broker is not null)
            await Broker.DisposeAsync();
        Environment?.Dispose();
    }
}
