using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands against a running bridge, each as a process.</summary>
public sealed class CommandsTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ObserveListStop_RunningBridge_DoWhatTheySay()
    {
        var one = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("cli"));
        var two = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("cli"));

        var observed = (await RunAsync("observe", one.Id, two.Id)).AssertSucceeded();
        Assert.Equal([$"{one.Id} is observed with account default.", $"{two.Id} is observed with account default."], observed.Output);
        await bridge.Events.WhenAsync(one.Id, "RoomStateReported", Cancellation);
        await bridge.Events.WhenAsync(two.Id, "RoomStateReported", Cancellation);
        var again = (await RunAsync("observe", one.Id)).AssertSucceeded();
        Assert.Equal([$"{one.Id} was already registered (observing)."], again.Output);

        var listed = (await RunAsync("list")).AssertSucceeded();
        Assert.Matches("^ROOM +STATUS +SINCE", listed.Output[0]);
        Assert.All((string[])[one.Id, two.Id], id => Assert.Contains(listed.Output, line => IsRow(line, id, "observing")));
        Assert.Matches("^[0-9]+ rooms", listed.Output[^1]);

        var stopped = (await RunAsync("stop", one.Id, "never-registered")).AssertSucceeded();
        Assert.Equal([$"{one.Id} is no longer observed.", "never-registered was not registered."], stopped.Output);
        await bridge.Events.WhenAsync(one.Id, "ObservationEnded", Cancellation);
        var rest = (await RunAsync("list")).AssertSucceeded();
        Assert.DoesNotContain(rest.Output, line => line.StartsWith(one.Id, StringComparison.Ordinal));
        Assert.EndsWith(" ended or rejected (shown by --all)", rest.Output[^1], StringComparison.Ordinal);
        Assert.Contains((await RunAsync("list", "--all")).AssertSucceeded().Output, line => IsRow(line, one.Id, "ended"));
    }

    [Fact]
    public async Task Observe_RoomThatIsNotRunning_SaysSoAndFails()
    {
        var line = (await RunAsync("observe", "missing")).AssertFailedWith(1);

        Assert.Contains("missing: Rejected (roomNotRunning)", line, StringComparison.Ordinal);
        Assert.Contains("is not running", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observe_RoomToWaitFor_IsRegistered()
    {
        var id = RabbitMqServer.UniqueName("later");

        var run = (await RunAsync("observe", id, "--wait-minutes", "5")).AssertSucceeded();

        Assert.Equal([$"{id} is registered with account default."], run.Output);
    }

    [Fact]
    public async Task Observe_OneBadIdAmongOthers_ObservesTheOthersAndNamesIt()
    {
        var one = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("cli"));
        var two = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("cli"));

        var run = await RunAsync("observe", one.Id, "bad id", two.Id);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Equal([$"{one.Id} is observed with account default.", $"{two.Id} is observed with account default."], run.Output);
        Assert.Contains("bad id: Rejected (invalidRoomId)", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observe_Rejected_TellsWhyAndFails()
    {
        var run = await RunAsync("observe", "some-room", "--account", "nobodys");

        var line = run.AssertFailedWith(1);
        Assert.Contains("unknownAccount", line, StringComparison.Ordinal);
        Assert.Contains("'nobodys'", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tail_JsonOfOneTypeAndRoom_PrintsThatAndEndsOnTerm()
    {
        var room = await bridge.ObserveNewRoomAsync("tailed");
        var other = await bridge.ObserveNewRoomAsync("tailed");
        await using var tail = BridgeProcess.Start(
            BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), "tail", "--json", "--type", "chatmessagesent", "--room", room.Id);
        await tail.Errors.WhenAsync("listening", lines => lines.Any(line => line.StartsWith("Listening", StringComparison.Ordinal)), Cancellation);

        other.Chat("elsewhere", "u1");
        room.Join(new SimulatedUser("u1", "Ada"));
        room.Chat("first", "u1");
        room.Chat("second", "u1");

        var lines = await tail.Output.WhenAsync("two lines", lines => lines.Count >= 2, Cancellation);
        var events = lines.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(["first", "second"], events.Select(happened => (string?)happened["message"]!["content"]), StringComparer.Ordinal);
        Assert.All(events, happened => Assert.Equal("ChatMessageSent", (string?)happened["type"]));
        Assert.Equal(0, await tail.TerminateAsync());
        Assert.Equal(2, tail.Output.Items.Count);
    }

    [Fact]
    public async Task Tail_Plain_PrintsReadableLines()
    {
        var room = await bridge.ObserveNewRoomAsync("readable");
        await using var tail = BridgeProcess.Start(BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), "tail", "--room", room.Id);
        await tail.Errors.WhenAsync("listening", lines => lines.Any(line => line.StartsWith("Listening", StringComparison.Ordinal)), Cancellation);

        room.Chat("hello", "u1");

        var line = (await tail.Output.WhenAsync("a line", lines => lines.Count > 0, Cancellation))[0];
        Assert.Matches($@"^\d\d:\d\d:\d\d\.\d\d\d  {room.Id}  #4 +ChatMessageSent +content: hello, userId: u1", line);
        Assert.Equal(0, await tail.TerminateAsync());
    }

    private static bool IsRow(string line, string roomId, string status) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var id, var stands, ..]
        && string.Equals(id, roomId, StringComparison.Ordinal) && string.Equals(stands, status, StringComparison.Ordinal);

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        ProgramRun.OfAsync(BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), arguments, Cancellation);
}
