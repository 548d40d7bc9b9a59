using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Discovery;

/// <summary>Rooms that nobody registers.</summary>
[Collection(WaysTests.Name)]
public sealed class DiscoveryTests(WaysFixture bridge)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Discovery_MeetingRuns_IsObservedToItsEnd()
    {
        var room = await FoundAsync();
        room.Shutdown();

        var events = await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);

        Assert.All(events, happened => Assert.Equal("found", (string?)happened.Message["account"]));
    }

    [Fact]
    public async Task Discovery_StoppedByACommand_StaysStoppedForThatMeetingOnly()
    {
        var room = await FoundAsync();
        await StopAsync(room);
        await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        await StopAsync(room);

        await FoundAsync(); // two more rounds
        await FoundAsync();
        Assert.Single(bridge.Events.Of(room.Id), happened => happened.Type is "ObservationStarted");

        room.Shutdown();
        bridge.Simulator.CreateRoom(room.Id, apiKey: WaysFixture.FoundKey, startedAt: TimeProvider.System.GetUtcNow().AddSeconds(1));
        await bridge.Events.WhenAsync(room.Id, "ObservationStarted", Cancellation, count: 2);
    }

    [Fact]
    public async Task Discovery_RegisteredByACommandToo_IsObservedOnce()
    {
        var room = await FoundAsync();

        var answer = await bridge.Control.RequestAsync("ObserveRoom", $$"""{"roomId":"{{room.Id}}","account":"found"}""", Cancellation);
        Assert.True((bool)answer.Message["alreadyRegistered"]!);
        await FoundAsync();

        Assert.Equal(1, room.Subscriptions);
    }

    private async Task<SimulatedRoom> FoundAsync()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("found"), apiKey: WaysFixture.FoundKey);
        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        return room;
    }

    private Task StopAsync(SimulatedRoom room) =>
        bridge.Control.RequestAsync("StopObservingRoom", $$"""{"roomId":"{{room.Id}}"}""", Cancellation);
}
