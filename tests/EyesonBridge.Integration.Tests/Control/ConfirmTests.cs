using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>What the answer to <c>ObserveRoom</c> says when it is asked to be certain.</summary>
public sealed class ConfirmTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ObserveRoom_ConfirmAndRunning_AnswersOnceItIsObserved()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("confirmed"));

        var answer = await ObserveAsync(room.Id, 60);
        var again = await ObserveAsync(room.Id, 60);

        Assert.Equal(("ObservationAccepted", "observing", true, false), Read(answer));
        Assert.Equal(("ObservationAccepted", "observing", true, true), Read(again));
        Assert.Equal(1, room.Subscriptions);
    }

    [Fact]
    public async Task ObserveRoom_ConfirmAndNotRunning_IsRejectedAndToldToConsumersToo()
    {
        var roomId = RabbitMqServer.UniqueName("missing");

        var answer = await ObserveAsync(roomId, 60);

        Assert.Equal(("CommandRejected", "roomNotRunning"), (answer.Type, (string?)answer.Message["code"]));
        Assert.Contains(roomId, (string?)answer.Message["message"], StringComparison.Ordinal);
        await bridge.Events.WhenAsync(roomId, "ObservationRejected", Cancellation);
    }

    [Fact]
    public async Task ObserveRoom_ConfirmAndWaited_AnswersInTimeThatItIsNotObservedYet()
    {
        var answer = await ObserveAsync(RabbitMqServer.UniqueName("awaited"), 1, TimeProvider.System.GetUtcNow().AddHours(1));

        Assert.Equal(("ObservationAccepted", "waiting", false, false), Read(answer) with { Item2 = "waiting" });
        Assert.Contains((string?)answer.Message["status"], (string[])["waiting", "connecting"]);
    }

    [Fact]
    public async Task ObserveRoom_ConfirmOfNoRequest_IsCarriedOut()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("unasked"));

        await bridge.Control.SendAsync("ObserveRoom", new JsonObject { ["roomId"] = room.Id, ["confirm"] = 60 }.ToJsonString(), Cancellation);

        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
    }

    [Fact]
    public async Task ObserveRoom_ConfirmAndStopped_HoldsTheStopUpForNothing()
    {
        var roomId = RabbitMqServer.UniqueName("stopped");
        var observe = ObserveAsync(roomId, 60, TimeProvider.System.GetUtcNow().AddHours(1));

        var stop = await bridge.Control.RequestAsync("StopObservingRoom", new JsonObject { ["roomId"] = roomId }.ToJsonString(), Cancellation);

        Assert.True((bool?)stop.Message["wasRegistered"]);
        Assert.Equal(("ObservationAccepted", "ended", false, false), Read(await observe)); // before its time is over
    }

    private Task<ControlAnswer> ObserveAsync(string roomId, int confirm, DateTimeOffset? waitUntil = null) => bridge.Control.RequestAsync(
        "ObserveRoom", new JsonObject { ["roomId"] = roomId, ["confirm"] = confirm, ["waitUntil"] = waitUntil }.ToJsonString(), Cancellation);

    private static (string Type, string? Status, bool? Confirmed, bool? Again) Read(ControlAnswer answer) =>
        (answer.Type, (string?)answer.Message["status"], (bool?)answer.Message["confirmed"], (bool?)answer.Message["alreadyRegistered"]);
}
