using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EyesonBridge.Chaos.Tests.Harness;
using EyesonBridge.Chaos.Tests.Verification;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Chaos.Tests.Faults;

/// <summary>What the tests of single faults have in common.</summary>
[Collection(SharedBroker.Name)]
public abstract partial class FaultTests(PrivateRabbitMqFixture rabbit)
{
    /// <summary>In milliseconds, for a machine that does much else: what a test waits for and does not come has to fail it.</summary>
    public const int Limit = 300_000;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected RabbitMqServer Broker => rabbit.Server;

    private protected async Task<Bench> SetUpAsync(SimulatorOptions? options = null, string listenTo = "IRoomEvent") =>
        await Bench.SetUpAsync(await Broker.CreateVirtualHostAsync(RabbitMqServer.UniqueName("chaos"), Cancellation), Cancellation, options, listenTo);

    private protected static string StatusOf(JsonObject ready, string check) => (string)ready["checks"]![check]!["status"]!;

    private protected static string DescriptionOf(JsonObject ready, string check) =>
        (string?)ready["checks"]![check]!["description"] ?? "";

    /// <summary>How many events wait in the outbox, as readiness says.</summary>
    private protected static int WaitingIn(JsonObject ready) =>
        int.Parse(Waiting().Match(DescriptionOf(ready, "publishing")).ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>Sends so many chat messages with contents of their own.</summary>
    private protected static void Chat(SimulatedRoom room, string prefix, int count)
    {
        for (var number = 1; number <= count; number++)
            room.Chat($"{prefix}-{number}", "alice");
    }

    /// <summary>Waits for the last chat message of the room, and returns its events without repeats, which have to be in order.</summary>
    private protected static async Task<IReadOnlyList<QueuedEvent>> TakeAllAsync(Bench bench, SimulatedRoom room)
    {
        room.Chat("the last one", "alice");
        var taken = await bench.Queue.TakeUntilAsync(
            "the last message", events => events.Any(happened => happened is { Type: "ChatMessageSent" } && happened["content"] is "the last one"), Cancellation);
        var problems = new List<string>();
        var events = EventStream.WithoutRepeats(taken, problems);
        EventStream.Check(events, problems);
        MessageCheck.Run(room.Sent, events, problems);
        Assert.True(problems.Count == 0, string.Join(Environment.NewLine, problems));
        return events;
    }

    /// <summary>Does something while the broker is frozen.</summary>
    private protected async Task WhileFrozenAsync(Func<Task> act)
    {
        await Broker.PauseAsync(Cancellation);
        try
        {
            await act();
        }
        finally
        {
            await Broker.ResumeAsync(CancellationToken.None);
        }
    }

    /// <summary>Does something while the broker is gone; what was declared so far is there again afterwards.</summary>
    private protected async Task WhileAwayAsync(Func<Task> act)
    {
        await Broker.FlushDeclarationsAsync(Cancellation);
        await Broker.KillAsync(Cancellation);
        try
        {
            await act();
        }
        finally
        {
            await Broker.RestartAsync(CancellationToken.None);
        }
    }

    /// <summary>Every message arrived, and the observation was never interrupted.</summary>
    private protected static async Task AssertNothingWasMissedAsync(Bench bench, SimulatedRoom room)
    {
        var events = await TakeAllAsync(bench, room);
        Assert.DoesNotContain(events, happened => happened.Type is "ObservationInterrupted");
        Assert.Equal(room.Sent.Count(message => message.Type is "chat"), events.Count(happened => happened.Type is "ChatMessageSent"));
    }

    [GeneratedRegex(@"\d+(?= events are waiting)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Waiting();
}
