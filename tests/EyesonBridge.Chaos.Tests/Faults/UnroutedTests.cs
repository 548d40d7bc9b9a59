using System.Net;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class UnroutedTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    [Fact(Timeout = Limit)]
    public async Task Worker_OnlyOneTypeHasAQueue_SaysWhichHaveNoneAndFailsNothing()
    {
        await using var bench = await SetUpAsync(listenTo: "ParticipantJoined");
        await bench.StartReadyAsync(Cancellation);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        room.Lock();
        Chat(room, "nobody listens", 3);
        room.Join(new SimulatedUser("bob", "Bob"));

        var events = await bench.Queue.TakeUntilAsync("two who joined", events => events.Count >= 2, Cancellation);
        Assert.All(events, happened => Assert.Equal("ParticipantJoined", happened.Type));
        var ready = await bench.Worker.WhenReadyAsync((_, body) => DescriptionOf(body, "publishing").StartsWith("0 ", StringComparison.Ordinal), Cancellation);
        Assert.Equal(HttpStatusCode.OK, (await bench.Worker.GetHealthAsync("ready", Cancellation)).Status);
        var routing = DescriptionOf(ready, "routing");
        Assert.Contains("ChatMessageSent (3)", routing, StringComparison.Ordinal);
        Assert.Contains("RoomLocked (1)", routing, StringComparison.Ordinal);
        Assert.DoesNotContain("ParticipantJoined", routing, StringComparison.Ordinal);
        Assert.Single(bench.Worker.Output.Items, line => line.Contains("[4005]", StringComparison.Ordinal) && line.Contains("ChatMessageSent", StringComparison.Ordinal));
        Assert.DoesNotContain(bench.Worker.Output.Items, line => line.Contains("MessageReturnedException", StringComparison.Ordinal));
        await bench.TerminateAsync();
    }
}
