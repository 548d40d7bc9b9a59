using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

public sealed class ShutdownTests(PrivateRabbitMqFixture rabbit) : FaultTests(rabbit)
{
    [Fact(Timeout = Limit)]
    public async Task Worker_StoppedWhileEventsWait_PublishesThemFirst()
    {
        await using var bench = await SetUpAsync();
        bench.Settings["Bus__PublishTimeout"] = "00:00:10";
        await bench.StartReadyAsync(Cancellation);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        Chat(room, "before", 20);
        await bench.Queue.TakeUntilAsync("a message", events => events.Any(happened => happened.Type is "ChatMessageSent"), Cancellation);

        var stopping = Task.CompletedTask;
        await WhileFrozenAsync(async () =>
        {
            Chat(room, "waiting", 300);
            room.Chat("the last that waited", "alice");
            await bench.Worker.WhenReadyAsync((_, body) => WaitingIn(body) > 300, Cancellation);
            stopping = bench.TerminateAsync();
            await Pause.UntilAsync(() => room.Observers == 0, Cancellation);
        });
        await stopping;

        var events = await bench.Queue.TakeUntilAsync(
            "the last that waited",
            events => events.Any(happened => happened is { Type: "ChatMessageSent" } && happened["content"] is "the last that waited"),
            Cancellation);
        Assert.Contains("[4003] Dispatcher stopped; 0 events", string.Join(Environment.NewLine, bench.Printed), StringComparison.Ordinal);
        var messages = events.Where(happened => happened.Type is "ChatMessageSent").Select(happened => happened.EventId);
        Assert.Equal(room.Sent.Count(message => message.Type is "chat"), messages.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_StoppedWhileTheBrokerIsAway_EndsInTimeAndTheNextStartPublishes()
    {
        await using var bench = await SetUpAsync();
        await bench.StartReadyAsync(Cancellation);
        var room = await bench.ObserveNewRoomAsync(Cancellation);
        await WhileAwayAsync(async () =>
        {
            Chat(room, "waiting", 300);
            await bench.Worker.WhenReadyAsync((_, body) => WaitingIn(body) >= 300, Cancellation);
            var started = TimeProvider.System.GetTimestamp();
            await bench.TerminateAsync();
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, Bench.StopWithin);
        });

        await bench.StartReadyAsync(Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        var events = await TakeAllAsync(bench, room);
        Assert.Equal(301, events.Count(happened => happened.Type is "ChatMessageSent"));
        Assert.Equal("bridgeRestarted", Assert.Single(events, happened => happened.Type is "ObservationInterrupted")["reason"]);
    }
}
