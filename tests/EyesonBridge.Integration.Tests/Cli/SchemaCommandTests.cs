using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary><c>schema</c>, as a process, without any setting.</summary>
public sealed class SchemaCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schema_WithoutType_ListsThem()
    {
        var run = (await RunAsync("schema")).AssertSucceeded();

        Assert.Matches("^BroadcastStarted +event$", run.Output[0]);
        Assert.Contains(run.Output, line => line.StartsWith("ObserveRoom ", StringComparison.Ordinal) && line.EndsWith(" command", StringComparison.Ordinal));
        Assert.StartsWith("asyncapi ", run.Output[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_OfAType_IsTheCommittedOne()
    {
        var run = (await RunAsync("schema", "participantjoined")).AssertSucceeded();

        var committed = await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", "contracts", "V1", "ParticipantJoined.schema.json"), Cancellation);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(committed), JsonNode.Parse(string.Join('\n', run.Output))), run.ToString());
    }

    [Fact]
    public async Task Schema_OfAnUnknownType_SaysWhichThereAre()
    {
        var line = (await RunAsync("schema", "HandRaised")).AssertFailedWith(2);

        Assert.Contains("'HandRaised'", line, StringComparison.Ordinal);
        Assert.Contains(" ParticipantJoined,", line, StringComparison.Ordinal);
        Assert.EndsWith("asyncapi.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_OneAndAll_SaysThatOneIsMeant() =>
        Assert.Contains("--write", (await RunAsync("schema", "ObserveRoom", "--write", "nowhere")).AssertFailedWith(2), StringComparison.Ordinal);

    private static Task<ProgramRun> RunAsync(params string[] arguments) =>
        ProgramRun.OfAsync(new Dictionary<string, string>(StringComparer.Ordinal), arguments, Cancellation);
}
