using System.Net;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class PausedBrokerTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    [Fact(Timeout = Limit)]
    public async Task Worker_BrokerIsFrozen_SaysSoAndGoesOn()
    {
        await using var bench = await SetUpAsync();
        await bench.StartReadyAsync(Cancellation);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        Chat(room, "before", 20);

        await WhileFrozenAsync(async () =>
        {
            Chat(room, "meanwhile", 200);
            var ready = await bench.Worker.WhenReadyAsync((_, body) => StatusOf(body, "publishing") is "unhealthy", Cancellation);
            Assert.Equal("unhealthy", (string?)ready["status"]);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await bench.Worker.GetHealthAsync("ready", Cancellation)).Status);
            Assert.Contains("within 2 s", DescriptionOf(ready, "publishing"), StringComparison.Ordinal);
        });

        await bench.Worker.WhenReadyAsync(Cancellation);
        Chat(room, "after", 20);
        await AssertNothingWasMissedAsync(bench, room);
        Assert.Contains("[4000]", bench.Worker.Transcript, StringComparison.Ordinal);
        Assert.Contains("[4001]", bench.Worker.Transcript, StringComparison.Ordinal);
    }
}
