using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.RabbitMq;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A simulated Eyeson, a worker process at the shared broker, and a consumer of all events, for the tests of a class.</summary>
public sealed class BridgeFixture(RabbitMqFixture rabbit) : IAsyncLifetime
{
    internal const string ApiKey = "fixture-key";

    private readonly TempFolder _folder = new();

    internal Uri Broker => rabbit.Url;

    internal string ControlQueue { get; } = RabbitMqServer.UniqueName("control");

    internal EyesonSimulator Simulator { get; private set; } = null!;

    internal BridgeProcess Bridge { get; private set; } = null!;

    internal EventCollector Events { get; private set; } = null!;

    internal ControlSender Control { get; private set; } = null!;

    /// <summary>The worker's environment.</summary>
    internal Dictionary<string, string> Settings { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey, "second-key"] }, Cancellation);
        Settings = BridgeSettings.For(Simulator.Url, ApiKey, Broker, ControlQueue, _folder.Combine("bridge.db"));
        Settings["Eyeson__Accounts__second__ApiKey"] = "second-key";
        Bridge = await BridgeProcess.StartReadyAsync(Settings, Cancellation);
        Events = await EventCollector.StartAsync(Broker, "IRoomEvent", Cancellation);
        Control = await ControlSender.ConnectAsync(Broker, ControlQueue, Cancellation);
    }

    /// <summary>Starts a meeting that is observed when this completes.</summary>
    internal async Task<SimulatedRoom> ObserveNewRoomAsync(string prefix)
    {
        var room = Simulator.CreateRoom(RabbitMqServer.UniqueName(prefix));
        await Control.ObserveAsync(room.Id, Cancellation);
        await Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        return room;
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
        _folder.Dispose();
    }
}
