using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Hosting;

/// <summary>Nobody reads what the worker prints.</summary>
public sealed class UnreadOutputTests(RabbitMqFixture rabbit)
{
    private const string ApiKey = "unread-key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Run_OutputIsFullAndNobodyReadsIt_GoesOnObservingAndEnds()
    {
        await using var simulator = await EyesonSimulator.StartAsync(new SimulatorOptions { ApiKeys = [ApiKey] }, Cancellation);
        await using var events = await EventCollector.StartAsync(rabbit.Url, "IRoomEvent", Cancellation);
        using var environment = new WorkerEnvironment(simulator.Url, ApiKey, rabbit.Url, "unread");
        await using (var first = await environment.StartReadyAsync(Cancellation)) // so that there is a queue for commands
            Assert.Equal(0, await first.TerminateAsync());
        environment.Settings["Logging__Console__MaxQueueLength"] = "1";
        var pipe = environment.Folder.Combine("output");
        // Opened for both, a pipe takes what fits into it, whether somebody reads or not; here that is nothing.
        var full = $"mkfifo '{pipe}' && exec 3<>'{pipe}' && LC_ALL=C dd if=/dev/zero of='{pipe}' bs=1 oflag=nonblock 2>&1 | grep -q 'temporarily unavailable'"
            + $" && exec \"$@\" >'{pipe}' 2>&1";
        await using var bridge = environment.Start("bash", "-c", full, "bash");
        await using var control = await environment.ConnectAsync(Cancellation);
        var rooms = Enumerable.Range(0, 3).Select(_ => simulator.CreateRoom(RabbitMqServer.UniqueName("unread"))).ToList();

        foreach (var room in rooms)
            await control.RequestAsync("ObserveRoom", $$"""{ "roomId": "{{room.Id}}" }""", Cancellation);
        foreach (var room in rooms)
            await events.WhenAsync(room.Id, "ObservationStarted", Cancellation);
        for (var number = 0; number < 20; number++)
        {
            foreach (var room in rooms)
                room.Chat($"message {number}", "u1");
        }

        foreach (var room in rooms)
            await events.WhenAsync(room.Id, "ChatMessageSent", Cancellation, count: 20);
        Assert.Equal(0, await bridge.TerminateAsync());
    }
}
