using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Harness;

/// <summary>A worker with two accounts, for the tests of a class.</summary>
public sealed class BridgeFixture(RabbitMqFixture rabbit) : WorkerFixture(rabbit, "control", SecondKey)
{
    private const string SecondKey = "second-key";

    /// <summary>Starts a meeting that is observed when this completes.</summary>
    internal async Task<SimulatedRoom> ObserveNewRoomAsync(string prefix)
    {
        var room = Simulator.CreateRoom(RabbitMqServer.UniqueName(prefix));
        await Control.ObserveAsync(room.Id, Cancellation);
        await Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        return room;
    }

    private protected override void Configure(Dictionary<string, string> settings) => settings["Eyeson__Accounts__second__ApiKey"] = SecondKey;
}
