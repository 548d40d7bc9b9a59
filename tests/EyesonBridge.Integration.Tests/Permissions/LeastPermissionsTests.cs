using System.Text.Json.Nodes;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;
using MassTransit;

namespace EyesonBridge.Integration.Tests.Permissions;

/// <summary>Bridge, commanders and a consumer, each with exactly the permissions that docs/security.md names.</summary>
public sealed class LeastPermissionsTests(RabbitMqFixture rabbit) : IAsyncLifetime
{
    private const string ControlQueue = "eyeson-bridge-control";
    private const string ApiKey = "permission-key";

    private readonly SignalledList<string> _received = new();
    private Uri _host = null!;
    private EyesonSimulator _simulator = null!;
    private WorkerEnvironment _environment = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await rabbit.Server.CreateVirtualHostAsync(RabbitMqServer.UniqueName("least"), Cancellation);
        _simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        _environment = new WorkerEnvironment(_simulator.Url, ApiKey, await UserAsync("bridge"));
        _environment.Settings["Bus__ControlQueue"] = ControlQueue;
        _environment.Settings["Management__Prometheus"] = "true";
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        _environment.Dispose();
    }

    [Fact]
    public async Task Whole_WithTheDocumentedPermissions_Works()
    {
        var consumer = await StartConsumerAsync();
        await using var bridge = await _environment.StartReadyAsync(Cancellation);
        var room = _simulator.CreateRoom(RabbitMqServer.UniqueName("least"));

        await CommandOverMassTransitAsync(room.Id);
        await ReceivedAsync(nameof(RoomStateReported), room.Id);
        room.Join(new SimulatedUser("u1", "Ada"));
        await ReceivedAsync(nameof(ParticipantJoined), room.Id);
        await CommandWithoutMassTransitAsync(room.Id);
        await ReceivedAsync(nameof(ObservationEnded), room.Id);
        await ScrapedMetrics.WhenAsync(bridge, static text => text.Contains("eyeson_bridge_commands_dead{", StringComparison.Ordinal), Cancellation);

        var commandLine = BridgeSettings.ForCommands(await UserAsync("command-line"), ControlQueue);
        Assert.Contains(room.Id, (await ProgramRun.OfAsync(commandLine, ["list", "--all"], Cancellation)).AssertSucceeded().Output[1], StringComparison.Ordinal);
        await using (var tail = BridgeProcess.Start(commandLine, "tail"))
        {
            await tail.Errors.WhenAsync("listening", lines => lines.Any(line => line.StartsWith("Listening", StringComparison.Ordinal)), Cancellation);
            Assert.Equal(0, await tail.TerminateAsync());
        }

        var doctor = await ProgramRun.OfAsync(_environment.Settings, ["doctor"], Cancellation);
        Assert.All(doctor.AssertSucceeded().Output, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        await consumer.StopAsync(Cancellation);
        Assert.Equal(0, await bridge.TerminateAsync());
        Assert.DoesNotContain(bridge.Output.Items, line => line.Contains("ACCESS_REFUSED", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal) && !line.Contains("invalidRoomId", StringComparison.Ordinal));
    }

    private async Task<IBusControl> StartConsumerAsync()
    {
        var user = await UserAsync("consumer");
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator =>
        {
            configurator.Host(user);
            configurator.ReceiveEndpoint("my-service", endpoint =>
            {
                endpoint.Handler<ParticipantJoined>(context => NoteAsync(nameof(ParticipantJoined), context.Message));
                endpoint.Handler<IObservationEvent>(context => NoteAsync(context.Headers.Get<string>("eyeson-event-type")!, context.Message));
            });
        });
        await bus.StartAsync(Cancellation);
        return bus;

        Task NoteAsync(string type, IRoomEvent happened)
        {
            _received.Add($"{type} {happened.RoomId}");
            return Task.CompletedTask;
        }
    }

    private async Task CommandOverMassTransitAsync(string roomId)
    {
        var user = await UserAsync("commander");
        var bus = MassTransit.Bus.Factory.CreateUsingRabbitMq(configurator => configurator.Host(user));
        await bus.StartAsync(Cancellation);
        var client = bus.CreateRequestClient<ObserveRoom>(new Uri($"exchange:{ControlQueue}"), SignalledList<string>.Patience);
        Assert.Equal(roomId, (await client.GetResponse<ObservationAccepted>(new ObserveRoom { RoomId = roomId }, Cancellation)).Message.RoomId);
        await bus.StopAsync(Cancellation);
    }

    /// <summary>One that is answered, one that is put aside with its reason, and one that ends what is observed.</summary>
    private async Task CommandWithoutMassTransitAsync(string roomId)
    {
        await using var control = await ControlSender.ConnectAsync(await UserAsync("plain-commander"), ControlQueue, Cancellation);
        Assert.Equal("Observations", (await control.RequestAsync("GetObservations", "{}", Cancellation)).Type);
        await control.SendAsync("ObserveRoom", """{"roomId":"two words"}""", Cancellation);
        await DeadCommands.TakeAsync(_host, $"{ControlQueue}_error", body => body.Contains("two words", StringComparison.Ordinal), Cancellation);
        await control.RequestAsync("StopObservingRoom", new JsonObject { ["roomId"] = roomId }.ToJsonString(), Cancellation);
    }

    private Task ReceivedAsync(string type, string roomId) =>
        _received.WhenAsync($"{type} of {roomId}", received => received.Contains($"{type} {roomId}", StringComparer.Ordinal), Cancellation);

    private async Task<Uri> UserAsync(string name) =>
        await rabbit.Server.CreateUserAsync(_host, name, DocumentedPermissions.Of(name), Cancellation);
}
