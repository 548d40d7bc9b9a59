using System.Text.Json.Nodes;
using EyesonBridge.Contracts.Tests.Schemas;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Schemas;

/// <summary>What the bridge sends satisfies the schemas of docs/contracts: every byte of it, as it comes from the broker.</summary>
public sealed class DemoMessagesTests(RabbitMqFixture rabbit)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_EveryMessage_IsValid()
    {
        await using var events = await EventCollector.StartAsync(rabbit.Url, "IRoomEvent", Cancellation);

        var demo = await ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Bus__Url"] = rabbit.Url.ToString() }, ["demo", "--speed", "20"], Cancellation);

        Assert.True(demo.ExitCode == 0, demo.ToString());
        var room = demo.Output.Single(line => line.StartsWith("Control queue", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[2];
        var received = await events.WhenAsync(room, "ObservationEnded", Cancellation);
        Assert.Equal(demo.Output[^1].Split(' ')[0], $"{received.DistinctBy(happened => happened.Sequence).Count()}");
        Assert.Empty(received.SelectMany(happened => Problems(happened.Type, happened.Envelope)));
    }

    internal static IEnumerable<string> Problems(string type, JsonObject envelope) =>
        CommittedSchemas.Problems("Envelope", envelope).Select(problem => $"envelope of {type} {problem}")
            .Concat(CommittedSchemas.Problems(type, envelope["message"]).Select(problem => $"{type} {problem}"));
}
