using EyesonBridge.Bus;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using RabbitMQ.Client;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>Commands that are sent before a bridge has ever run at this broker.</summary>
public sealed class BeforeTheFirstStartTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ApiKey = "early-key";

    private EyesonSimulator _simulator = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _environment = new WorkerEnvironment(_simulator.Url, ApiKey, rabbit.Url, "early");
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Command_QueueDeclaredAsDocumented_WaitsForTheBridge()
    {
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("early"));
        await using var control = await _environment.ConnectAsync(Cancellation);
        await control.Channel.ExchangeDeclareAsync(_environment.ControlQueue, ExchangeType.Fanout, durable: true, cancellationToken: Cancellation);
        await control.Channel.QueueDeclareAsync(
            _environment.ControlQueue, durable: true, exclusive: false, autoDelete: false, DocumentedArguments(), cancellationToken: Cancellation);
        await control.Channel.QueueBindAsync(_environment.ControlQueue, _environment.ControlQueue, "", cancellationToken: Cancellation);

        await control.SendAsync("ObserveRoom", $$"""{"roomId":"{{room.Id}}"}""", Cancellation);
        await using var bridge = await _environment.StartReadyAsync(Cancellation);

        await room.WhenSubscribedAsync(1, Cancellation);
        await ControlQueueForm.DeclareAsync(control.Channel, _environment.ControlQueue, Cancellation); // the command line's is the same
    }

    [Fact]
    public async Task CommandLine_NoQueue_DeclaresItAsTheBridgeDoes()
    {
        var settings = BridgeSettings.ForCommands(rabbit.Url, _environment.ControlQueue);

        var line = (await ProgramRun.HereAsync(settings, ["list"], Cancellation)).AssertFailedWith(1);

        Assert.Contains("no bridge reads the control queue", line, StringComparison.Ordinal);
        await using var control = await _environment.ConnectAsync(Cancellation);
        await control.SendAsync("GetObservations", "{}", Cancellation); // mandatory: it would come back
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        Assert.Equal("0 rooms", (await ProgramRun.HereAsync(settings, ["list"], Cancellation)).AssertSucceeded().Output[^1]);
        Assert.Equal(["0 permalinks"], (await ProgramRun.HereAsync(settings, ["permalink", "list"], Cancellation)).AssertSucceeded().Output);
    }

    private Dictionary<string, object?> DocumentedArguments() => new(StringComparer.Ordinal)
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = 5,
        ["x-single-active-consumer"] = true,
        ["x-dead-letter-exchange"] = $"{_environment.ControlQueue}_undeliverable",
    };
}
