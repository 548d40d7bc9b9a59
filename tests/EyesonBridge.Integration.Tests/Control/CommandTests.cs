using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Integration.Tests.Schemas;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Control;

/// <summary>Commands that are fine, and those that ask for what cannot be.</summary>
public sealed class CommandTests(BridgeFixture bridge) : IClassFixture<BridgeFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string, string> Rejected => new()
    {
        { "ObserveRoom", """{"roomId":""}""", "invalidRoomId", "missing" },
        { "ObserveRoom", """{"roomId":null}""", "invalidRoomId", "missing" },
        { "ObserveRoom", """{"roomId":"two words"}""", "invalidRoomId", "white space" },
        { "ObserveRoom", """{"roomId":"tab\there"}""", "invalidRoomId", "white space" },
        { "ObserveRoom", """{"roomId":"bell\u0007"}""", "invalidRoomId", "unprintable" },
        { "ObserveRoom", $$"""{"roomId":"{{new string('x', 129)}}"}""", "invalidRoomId", "129 characters" },
        { "ObserveRoom", """{"roomId":"room","account":"nobodys"}""", "unknownAccount", "'nobodys'" },
        { "ObserveRoom", """{"roomId":"room","waitUntil":"2023-12-11T10:30:00Z"}""", "invalidWaitUntil", "2023-12-11T10:30:00" },
        { "StopObservingRoom", """{"roomId":"two words"}""", "invalidRoomId", "white space" },
        { "StopObservingRoom", """{"roomId":null}""", "invalidRoomId", "missing" },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Request_AsksForWhatCannotBe_IsAnsweredWithTheReason(string command, string message, string code, string says)
    {
        var answer = await bridge.Control.RequestAsync(command, message, Cancellation);

        Assert.Equal("CommandRejected", answer.Type);
        Assert.Equal(code, (string?)answer.Message["code"]);
        Assert.Contains(says, (string?)answer.Message["message"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task Command_AsksForWhatCannotBe_EndsInTheErrorQueueWithTheReason(string command, string message, string code, string says)
    {
        var mark = Guid.NewGuid().ToString();
        var marked = $$"""{"mark":"{{mark}}",{{message[1..]}}""";

        await bridge.Control.SendAsync(command, marked, Cancellation);

        var (_, headers) = await DeadCommands.TakeAsync(
            bridge.Broker, $"{bridge.ControlQueue}_error", body => body.Contains(mark, StringComparison.Ordinal), Cancellation);
        Assert.StartsWith($"{code}: ", headers["MT-Fault-Message"], StringComparison.Ordinal);
        Assert.Contains(says, headers["MT-Fault-Message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_ToCommands_SatisfyTheirSchemas()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("answers"));
        var id = $$"""{"roomId":"{{room.Id}}"}""";

        foreach (var (command, message, type) in (IEnumerable<(string, string, string)>)
            [
                ("ObserveRoom", $$"""{"roomId":"{{room.Id}}","confirm":60}""", "ObservationAccepted"),
                ("GetObservations", "{}", "Observations"),
                ("GetPermalinks", "{}", "WatchedPermalinks"),
                ("StopObservingRoom", id, "ObservationStopped"),
                ("ObserveRoom", """{"roomId":""}""", "CommandRejected"),
            ])
        {
            var answer = await bridge.Control.RequestAsync(command, message, Cancellation);

            Assert.Equal(type, answer.Type);
            Assert.Empty(DemoMessagesTests.Problems(type, answer.Envelope));
        }
    }

    [Fact]
    public async Task ObserveRoom_Repeated_SaysSoAndChangesNothing()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("repeated"));
        var command = $$"""{"roomId":"{{room.Id}}"}""";

        var first = await bridge.Control.RequestAsync("ObserveRoom", command, Cancellation);
        await bridge.Events.WhenAsync(room.Id, "RoomStateReported", Cancellation);
        var second = await bridge.Control.RequestAsync("ObserveRoom", command, Cancellation);

        Assert.Equal(
            $$"""{"roomId":"{{room.Id}}","account":"default","status":"waiting","alreadyRegistered":false,"confirmed":null}""", first.Message.ToJsonString());
        Assert.Equal(
            $$"""{"roomId":"{{room.Id}}","account":"default","status":"observing","alreadyRegistered":true,"confirmed":null}""", second.Message.ToJsonString());
        room.Shutdown();
        await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        Assert.Equal(1, room.Subscriptions);
    }

    [Fact]
    public async Task StopObservingRoom_Repeated_SaysThatItWasNotRegistered()
    {
        var room = await bridge.ObserveNewRoomAsync("stopped");
        var command = $$"""{"roomId":"{{room.Id}}"}""";

        var first = await bridge.Control.RequestAsync("StopObservingRoom", command, Cancellation);
        await bridge.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation);
        var second = await bridge.Control.RequestAsync("StopObservingRoom", command, Cancellation);

        Assert.Equal($$"""{"roomId":"{{room.Id}}","wasRegistered":true}""", first.Message.ToJsonString());
        Assert.Equal($$"""{"roomId":"{{room.Id}}","wasRegistered":false}""", second.Message.ToJsonString());
    }

    [Fact]
    public async Task ObserveRoom_WithAnotherAccountsKey_IsAConflict()
    {
        var room = await bridge.ObserveNewRoomAsync("conflict");

        var answer = await bridge.Control.RequestAsync("ObserveRoom", $$"""{"roomId":"{{room.Id}}","account":"second"}""", Cancellation);

        Assert.Equal("accountConflict", (string?)answer.Message["code"]);
        Assert.Contains("'default'", (string?)answer.Message["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetObservations_OneObserved_TellsWhereItStands()
    {
        var room = await bridge.ObserveNewRoomAsync("listed");

        var answer = await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation);

        var item = Assert.Single(answer.Message["items"]!.AsArray(), item => string.Equals((string?)item!["roomId"], room.Id, StringComparison.Ordinal))!;
        Assert.Equal("default", (string?)item["account"]);
        Assert.Equal("observing", (string?)item["status"]);
        Assert.Equal("command", (string?)Assert.Single(item["wantedBy"]!.AsArray()));
        Assert.Equal(bridge.Events.Of(room.Id).Count, (int)item["sequence"]!);
        Assert.StartsWith($"{room.Id}@", (string?)item["meetingId"], StringComparison.Ordinal);
        Assert.StartsWith(Environment.MachineName, (string?)item["owner"], StringComparison.Ordinal);
        Assert.True(item.AsObject().ContainsKey("reason") && item["reason"] is null && item["waitUntil"] is null);
    }

    [Fact]
    public async Task GetObservations_PageByPage_TellsTheRoomsOfThoseStatuses()
    {
        var one = await bridge.ObserveNewRoomAsync("paged");
        var two = await bridge.ObserveNewRoomAsync("paged");
        var over = await bridge.ObserveNewRoomAsync("paged");
        await bridge.Control.RequestAsync("StopObservingRoom", $$"""{"roomId":"{{over.Id}}"}""", Cancellation);
        await bridge.Events.WhenAsync(over.Id, "ObservationEnded", Cancellation);

        var found = new List<string>();
        for (JsonNode? after = null, command = null; command is null || after is not null;)
        {
            command = new JsonObject { ["statuses"] = new JsonArray("observing"), ["limit"] = 1, ["after"] = after?.DeepClone() };
            var page = (await bridge.Control.RequestAsync("GetObservations", command.ToJsonString(), Cancellation)).Message;
            Assert.Equal(after is null, page["total"] is not null);
            var items = page["items"]!.AsArray();
            Assert.True(items.Count <= 1);
            found.AddRange(items.Select(item => (string)item!["roomId"]!));
            after = page["next"];
        }

        Assert.Equal(found.Distinct(StringComparer.Ordinal), found);
        Assert.All((string[])[one.Id, two.Id], id => Assert.Contains(id, found));
        Assert.DoesNotContain(over.Id, found);
    }

    [Fact]
    public async Task ObserveRoom_WaitUntil_WaitsForTheRoomToRun()
    {
        var roomId = RabbitMqServer.UniqueName("awaited");
        var until = TimeProvider.System.GetUtcNow().AddHours(1);

        await bridge.Control.RequestAsync("ObserveRoom", new JsonObject { ["roomId"] = roomId, ["waitUntil"] = until }.ToJsonString(), Cancellation);
        await bridge.Bridge.Output.WhenAsync(
            "waiting", lines => lines.Any(line => line.Contains($"Room {roomId} is not running yet", StringComparison.Ordinal)), Cancellation);
        bridge.Simulator.CreateRoom(roomId);

        await bridge.Events.WhenAsync(roomId, "ObservationStarted", Cancellation);
    }
}
