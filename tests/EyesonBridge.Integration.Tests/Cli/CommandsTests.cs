using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands against a running bridge.</summary>
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

        var listed = (await ProgramRun.OfAsync(BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), ["list"], Cancellation)).AssertSucceeded();
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
    public async Task ObserveListStop_Json_IsForPrograms()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("json"));
        string[] broker = ["--bus-url", bridge.Broker.ToString(), "--control-queue", bridge.ControlQueue, "-o", "json"];

        var observed = await RunWithoutSettingsAsync(["observe", room.Id, "missing", .. broker]);
        Assert.Equal(1, observed.ExitCode);
        Assert.Equal(
            [(room.Id, "observed", "observing", null), ("missing", "rejected", null, "roomNotRunning")],
            observed.Output.Select(line => JsonNode.Parse(line)!).Select(line => ((string?)line["roomId"], (string?)line["outcome"], (string?)line["status"], (string?)line["code"])));
        Assert.StartsWith("eyeson-bridge: missing: Rejected (roomNotRunning)", Assert.Single(observed.Errors), StringComparison.Ordinal);

        var listed = JsonNode.Parse(Assert.Single((await RunWithoutSettingsAsync(["list", "--state", "observing", .. broker])).AssertSucceeded().Output))!;
        Assert.Contains(listed["items"]!.AsArray(), item => string.Equals((string?)item!["roomId"], room.Id, StringComparison.Ordinal));
        Assert.All(listed["items"]!.AsArray(), item => Assert.Equal("observing", (string?)item!["status"]));
        Assert.True((long?)listed["total"] > 1);

        var stopped = (await RunWithoutSettingsAsync(["stop", room.Id, .. broker])).AssertSucceeded();
        Assert.Equal($$"""{"roomId":"{{room.Id}}","wasRegistered":true}""", Assert.Single(stopped.Output));

        static Task<ProgramRun> RunWithoutSettingsAsync(string[] arguments) =>
            ProgramRun.HereAsync(new Dictionary<string, string>(StringComparer.Ordinal), arguments, Cancellation);
    }

    [Fact]
    public async Task Observe_Follow_ShowsTheEventsUntilTheMeetingIsOver()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("followed"));
        var other = await bridge.ObserveNewRoomAsync("unfollowed");

        var following = RunAsync("observe", room.Id, "--follow", "--output", "json");
        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        other.Chat("elsewhere", "u1");
        room.Chat("hello", "u1");
        room.Shutdown();
        var run = await following;

        Assert.True(run.ExitCode == 0, run.ToString());
        var lines = run.Output.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Contains((string?)Assert.Single(lines, line => line["outcome"] is not null)["outcome"], (string[])["observed", "registered"]); // it is soon over
        var events = lines.Where(line => line["type"] is not null).ToList();
        Assert.All(events, line => Assert.Equal(room.Id, (string?)line["message"]!["roomId"]));
        Assert.Equal(
            ["ObservationStarted", "MeetingStarted", "RoomStateReported", "ChatMessageSent", "MeetingEnded", "ObservationEnded"],
            events.Select(line => (string?)line["type"]));
    }

    [Fact]
    public async Task Tail_NobodyReadsItAnyMore_Ends()
    {
        await using var tail = BridgeProcess.StartBy(
            ["bash", "-c", "\"$@\" | true; exit ${PIPESTATUS[0]}", "bash"], BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), "tail");

        Assert.Equal(0, await tail.WhenExitedAsync(Cancellation));
        Assert.DoesNotContain("Exception", tail.Transcript, StringComparison.Ordinal);
    }

    /// <summary>As with the client of <c>exec -i</c>: the engine closes the input, and keeps the output open.</summary>
    [Fact]
    public async Task Tail_InputIsClosed_Ends()
    {
        using var folder = new TempFolder();
        await using var tail = BridgeProcess.StartBy(
            ["bash", "-c", "exec \"$@\" < <(until [[ -e $0 || ! -d ${0%/*} ]]; do sleep 0.05; done)", folder.Combine("gone")],
            BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue),
            "tail");
        await tail.Errors.WhenAsync("listening", lines => lines.Any(line => line.StartsWith("Listening", StringComparison.Ordinal)), Cancellation);

        await File.WriteAllTextAsync(folder.Combine("gone"), "", Cancellation);

        Assert.Equal(0, await tail.WhenExitedAsync(Cancellation));
    }

    [Fact]
    public async Task Tail_WithoutAnInputFromTheBeginning_GoesOn()
    {
        var room = await bridge.ObserveNewRoomAsync("inputless");
        await using var tail = BridgeProcess.StartBy(
            ["bash", "-c", "exec 3< <(true); wait $!; exec \"$@\" <&3", "bash"],
            BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue),
            "tail",
            "--room",
            room.Id);
        await tail.Errors.WhenAsync("listening", lines => lines.Any(line => line.StartsWith("Listening", StringComparison.Ordinal)), Cancellation);

        room.Chat("hello", "u1");

        await tail.Output.WhenAsync("a line", lines => lines.Count > 0, Cancellation);
        Assert.Equal(0, await tail.TerminateAsync());
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
        ProgramRun.HereAsync(BridgeSettings.ForCommands(bridge.Broker, bridge.ControlQueue), arguments, Cancellation);
}
