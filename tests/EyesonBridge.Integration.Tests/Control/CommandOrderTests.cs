using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>Commands on the same room or permalink are carried out in the order in which they were sent, and each once.</summary>
public sealed class CommandOrderTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StopObservingPermalink_SentWhileObserveIsUnderWay_ComesAfterIt()
    {
        var permalink = bridge.Simulator.CreatePermalink("Weekly", roomId: RabbitMqServer.UniqueName("order"));
        var held = new TaskCompletionSource();
        bridge.Simulator.Faults.HoldRest = held.Task;

        var observe = RequestAsync("ObservePermalink", $$"""{"token":"{{permalink.UserToken}}","recurring":true}""");
        while (bridge.Simulator.Counters.RestRequestsOf($"/permalink/{permalink.UserToken}") == 0)
            await RequestAsync("GetObservations", """{"limit":1}"""); // others go on meanwhile
        var stop = RequestAsync("StopObservingPermalink", $$"""{"token":"{{permalink.UserToken}}"}""");
        await RequestAsync("GetObservations", """{"limit":1}"""); // sent behind it, and carried out
        bridge.Simulator.Faults.HoldRest = null;
        held.SetResult();

        Assert.Equal("PermalinkObservationAccepted", (await observe).Type);
        Assert.True((bool)(await stop).Message["wasRegistered"]!);
    }

    [Fact]
    public async Task StopObservingRoom_RightBehindObserve_FindsItRegistered()
    {
        var until = TimeProvider.System.GetUtcNow().AddHours(1);
        var stops = new List<Task<ControlAnswer>>();
        for (var room = 0; room < 200; room++)
        {
            var id = RabbitMqServer.UniqueName("order");
            var observe = bridge.Control.SendAsync("ObserveRoom", $$"""{"roomId":"{{id}}","waitUntil":"{{until:O}}"}""", Cancellation);
            stops.Add(RequestAsync("StopObservingRoom", $$"""{"roomId":"{{id}}"}"""));
            await observe;
        }

        Assert.All(await Task.WhenAll(stops), answer => Assert.True((bool)answer.Message["wasRegistered"]!));
    }

    [Fact]
    public async Task RequestGuestUser_AnswerThatCannotBeSent_CreatesOneGuest()
    {
        var permalink = bridge.Simulator.CreatePermalink("Weekly", roomId: RabbitMqServer.UniqueName("once"));
        permalink.Start();

        // The address is of somebody who waits for the reply on the channel that the command came from, and nobody does.
        await bridge.Control.SendAsync(
            System.Text.Encoding.UTF8.GetBytes(
                $$$"""{"messageType":["urn:message:EyesonBridge.Contracts.V1:RequestGuestUser"],"requestId":"{{{Guid.NewGuid()}}}","responseAddress":"rabbitmq://localhost/amq.rabbitmq.reply-to","message":{"guestToken":"{{{permalink.GuestToken}}}","name":"Maria"}}"""),
            Cancellation);
        await bridge.Bridge.Output.WhenAsync("that it was given up", lines => lines.Any(IsDropped), Cancellation);

        Assert.Equal(1, bridge.Simulator.Counters.RestRequestsOf($"/guests/{permalink.GuestToken}"));

        static bool IsDropped(string line) => line.Contains("Failed and dropped RequestGuestUser", StringComparison.Ordinal);
    }

    private Task<ControlAnswer> RequestAsync(string command, string message) => bridge.Control.RequestAsync(command, message, Cancellation);
}
