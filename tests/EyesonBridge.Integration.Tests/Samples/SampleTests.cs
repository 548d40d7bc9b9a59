using System.Text.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Integration.Tests.Packages;
using EyesonBridge.Simulator;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using Microsoft.Data.Sqlite;

namespace EyesonBridge.Integration.Tests.Samples;

/// <summary>The programs in <c>samples</c>, started as a user does, against a bridge: what they print and save.</summary>
public sealed class SampleTests(SamplesFixture samples) : IClassFixture<SamplesFixture>
{
    private static readonly SimulatedUser Alice = new("alice@example.com", "Alice");

    private static readonly SimulatedUser Bob = new("bob@example.com", "Bob");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csharp_Rooms_AreRegisteredOrRejectedWithTheReason()
    {
        await samples.Csharp.SaysAsync($"Room {samples.CsharpRoom.Id} is registered: Observing", Cancellation);
        await samples.Csharp.SaysAsync($"Room {SamplesFixture.WrongRoom} is rejected: invalidRoomId", Cancellation);
    }

    [Fact]
    public async Task Csharp_RepeatedRecording_IsSavedOnce()
    {
        var room = samples.CsharpRoom;
        await room.WhenSubscribedAsync(1, Cancellation);
        room.Join(Alice);
        var recording = room.StartRecording(Alice.Id);
        room.StopRecording();
        room.FinishRecording();

        await samples.Csharp.SaysAsync($"Saved recording {recording} of room {room.Id}.", Cancellation);

        var finished = (await samples.Events.WhenAsync(room.Id, "RecordingFinished", Cancellation)).First(happened => happened.Type is "RecordingFinished");
        var eventId = (string)finished.Message["eventId"]!;
        var file = Assert.Single(Directory.GetFiles(samples.Data("csharp")));
        Assert.Equal($"{eventId}.json", Path.GetFileName(file));
        var (content, written) = (await File.ReadAllTextAsync(file, Cancellation), File.GetLastWriteTimeUtc(file));
        Assert.Equal(recording, (string?)JsonNode.Parse(content)!["recordingId"]);
        Assert.DoesNotContain((string)finished.Message["downloadUrl"]!, content, StringComparison.Ordinal);

        await samples.RepeatAsync(finished);

        await samples.Csharp.SaysAsync($"event {eventId} is a repeat", Cancellation);
        Assert.Equal(file, Assert.Single(Directory.GetFiles(samples.Data("csharp"))));
        Assert.Equal((content, written), (await File.ReadAllTextAsync(file, Cancellation), File.GetLastWriteTimeUtc(file)));
    }

    [Fact]
    public async Task Node_PeopleComeAndGo_KnowsWhoIsThere()
    {
        var room = samples.NodeRoom;
        await room.WhenSubscribedAsync(1, Cancellation);
        room.Join(Alice);
        room.Join(Bob);
        room.Leave(Alice.Id);

        var events = await samples.Events.WhenAsync(room.Id, "ParticipantLeft", Cancellation);
        await samples.Node.SaysAsync($"{room.Id} #{events[^1].Sequence} ParticipantLeft: applied", Cancellation);
        Assert.Equal("""{"bob@example.com":"Bob"}""", await PresentAsync(room.Id));

        var joined = events.First(happened => happened.Type is "ParticipantJoined");
        await samples.RepeatAsync(joined);

        await samples.Node.SaysAsync($"{room.Id} #{joined.Sequence} ParticipantJoined: repeated", Cancellation);
        Assert.Equal("""{"bob@example.com":"Bob"}""", await PresentAsync(room.Id));
    }

    [Fact]
    public async Task Python_RepeatedEvent_IsWrittenDownOnce()
    {
        var room = samples.PythonRoom;
        await samples.Python.SaysAsync($"{room.Id} is registered", Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        room.Join(Alice);
        room.Leave(Alice.Id);
        await samples.Python.SaysAsync($"{room.Id}: ParticipantLeft Alice", Cancellation);
        var joined = samples.Events.Of(room.Id).First(happened => happened.Type is "ParticipantJoined");

        await samples.RepeatAsync(joined);

        await samples.Python.SaysAsync($"{room.Id}: {joined.Message["eventId"]} is a repeat", Cancellation);
        Assert.Equal(
            ["ParticipantJoined", "ParticipantLeft"],
            Query("python/attendance.db", $"SELECT event FROM attendance WHERE room_id = '{room.Id}' ORDER BY occurred_at"));
    }

    [Fact]
    public async Task Ordered_ManyRooms_AreSharedAndKeepTheirOrder()
    {
        var rooms = Enumerable.Range(1, 12).Select(number => samples.Simulator.CreateRoom($"ordered-room-{number}")).ToList();
        foreach (var room in rooms)
            await samples.Control.ObserveAsync(room.Id, Cancellation);
        foreach (var room in rooms)
            await room.WhenSubscribedAsync(1, Cancellation);
        foreach (var number in Enumerable.Range(1, 10))
            rooms.ForEach(room => room.Join(new SimulatedUser($"{number}@example.com", $"{number}")));
        rooms.ForEach(room => room.Shutdown());

        var workers = new HashSet<int>();
        foreach (var room in rooms)
        {
            var ended = (await samples.Events.WhenAsync(room.Id, "ObservationEnded", Cancellation)).Single(happened => happened.Type is "ObservationEnded");
            var said = samples.Ordered.Select(worker => worker.SaysAsync($"{room.Id} #{ended.Sequence} ObservationEnded: applied", Cancellation)).ToList();
            var worker = said.IndexOf(await Task.WhenAny(said));
            workers.Add(worker);

            Assert.Equal(
                Enumerable.Range(1, (int)ended.Sequence).Select(sequence => $"{room.Id} #{sequence} "),
                samples.Ordered.SelectMany(each => each.Lines.Items)
                    .Where(line => line.StartsWith($"{room.Id} ", StringComparison.Ordinal) && line.EndsWith(": applied", StringComparison.Ordinal))
                    .Select(line => line[..(line.IndexOf(' ', line.IndexOf('#', StringComparison.Ordinal)) + 1)]));
            Assert.All(
                samples.Ordered.Where((_, index) => index != worker),
                other => Assert.DoesNotContain(other.Lines.Items, line => line.StartsWith($"{room.Id} ", StringComparison.Ordinal)));
            Assert.Equal(ended.Sequence, Query("ordered/ordered.db", $"SELECT type FROM history WHERE room_id = '{room.Id}'").Count);
        }

        Assert.True(workers.Count > 1, "One worker has all the rooms.");
    }

    /// <summary>What docs/contracts.md says about repeats, gaps and streams, for the two that keep a position.</summary>
    [Fact]
    public async Task Position_RepeatsGapsAndStreams_AreToldApart()
    {
        const string Room = "made-up-room";
        var happened = await AnyEventAsync();

        await PublishAsync(5, "first", "applied"); // in the middle
        await PublishAsync(7, "first", "early");
        await PublishAsync(6, "first", "applied");
        await SaysAsync(7, "first-7-early", "applied"); // kept until then
        await PublishAsync(7, "first", "repeated");
        await PublishAsync(5, "first", "repeated");
        await PublishAsync(2, "second", "applied"); // the store was replaced
        await PublishAsync(7, "first", "repeated");
        await PublishAsync(3, "second", "applied");

        async Task PublishAsync(int sequence, string stream, string expected)
        {
            // The type tells the steps apart in what is printed.
            var envelope = happened.Envelope.DeepClone();
            envelope["messageType"]![0] = $"urn:message:EyesonBridge.Contracts.V1:{stream}-{sequence}-{expected}";
            (envelope["message"]!["roomId"], envelope["message"]!["sequence"], envelope["message"]!["streamId"]) = (Room, sequence, stream);
            await samples.PublishAsync("IRoomEvent", Room, envelope.ToJsonString());
            await SaysAsync(sequence, $"{stream}-{sequence}-{expected}", expected);
        }

        async Task SaysAsync(int sequence, string type, string expected)
        {
            var line = $"{Room} #{sequence} {type}: {expected}";
            await samples.Node.SaysAsync(line, Cancellation);
            await await Task.WhenAny(samples.Ordered.Select(worker => worker.SaysAsync(line, Cancellation)));
        }
    }

    /// <summary>What docs/contracts.md says about what never comes. Each step: seconds that pass, and the sequence of the event that comes then.</summary>
    [Fact]
    public async Task Position_MissingNeverComes_GoesOnWithWhatIsKept()
    {
        const string Steps = "[[0, 5], [0, 7], [30, 9], [29, 10], [1, 8], [0, 6], [0, 12], [59, 11]]";
        string[] expected =
        [
            "5 applied",
            "7 early",
            "9 early",
            "10 early",
            "7 applied 8 applied 9 applied 10 applied", // a minute after 7, when 6 has not come
            "6 repeated",
            "12 early",
            "11 applied 12 applied",
        ];
        using var data = new TempFolder();

        var node = await DotnetCommand.RunAsync(
            "node",
            RepositoryRoot.PathTo("samples", "node"),
            ["--input-type=module", "--eval", $$"""
                import { Presence } from './dist/presence.js';
                let now = 0;
                const presence = new Presence('{{data.Path}}', () => now * 1000);
                for (const [seconds, sequence] of {{Steps}}) {
                    now += seconds;
                    const outcomes = presence.apply('RoomLocked', { eventId: 'id', roomId: 'room', streamId: 'stream', sequence });
                    console.log(outcomes.map((each) => `${each.sequence} ${each.outcome}`).join(' '));
                }
                """],
            Cancellation);
        var python = await DotnetCommand.RunAsync(
            samples.Interpreter,
            RepositoryRoot.PathTo("samples", "ordered"),
            ["-B", "-c", $$"""
                import pathlib, worker
                now = 0
                worker.time.monotonic = lambda: now
                database, early_since = worker.open_database(pathlib.Path("{{data.Path}}")), {}
                for seconds, sequence in {{Steps}}:
                    now += seconds
                    event = {"roomId": "room", "eventId": str(sequence)}
                    outcomes = worker.move_on(database, early_since, "room", "stream", sequence, "RoomLocked", event)
                    print(*(f"{each[0]} {each[2]}" for each in outcomes))
                """],
            Cancellation);

        Assert.Equal(expected, node.TrimEnd().Split('\n'));
        Assert.Equal(expected, python.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Receive_WhatIsNoEvent_IsMovedAside()
    {
        // The exchange of a type leads to that of all events once the bridge has published one.
        var room = samples.Simulator.CreateRoom("before-what-is-no-event");
        await samples.Control.ObserveAsync(room.Id, Cancellation);
        await room.WhenSubscribedAsync(1, Cancellation);
        room.Join(Alice);
        await samples.Python.SaysAsync($"{room.Id}: ParticipantJoined Alice", Cancellation);

        foreach (var text in (string[])["no JSON", """{"messageType":["urn:message:Other:Thing"],"message":{}}"""])
            await samples.PublishAsync("ParticipantJoined", "room", text);

        foreach (var queue in (string[])["sample-presence_dead", "sample-ordered_dead", "sample-attendance_dead"])
            await Queues.WhenHoldsAsync(samples.Server.Url, queue, 2, Cancellation);
    }

    [Fact]
    public async Task Broker_Restarts_AllGoOn()
    {
        await samples.RestartBrokerAsync();

        var room = samples.Simulator.CreateRoom("after-the-restart");
        await samples.Control.ObserveAsync(room.Id, Cancellation); // waits for the bridge
        await room.WhenSubscribedAsync(1, Cancellation);
        room.Join(Alice);
        var recording = room.StartRecording(Alice.Id);
        room.StopRecording();
        room.FinishRecording();

        await samples.Csharp.SaysAsync($"Saved recording {recording}", Cancellation);
        await samples.Node.SaysAsync($"{room.Id} #", Cancellation);
        await samples.Python.SaysAsync($"{room.Id}: ParticipantJoined Alice", Cancellation);
        await await Task.WhenAny(samples.Ordered.Select(worker => worker.SaysAsync($"{room.Id} #", Cancellation)));
    }

    [Theory]
    [InlineData("csharp", "Bus started")]
    [InlineData("node", "Connected.")]
    [InlineData("python", "Connected.")]
    [InlineData("ordered", "Connected.", "1")]
    public async Task Second_Terminated_EndsInGoodOrder(string sample, string started, params string[] arguments)
    {
        await using var second = samples.Start(sample, "second", arguments);
        await second.SaysAsync(started, Cancellation);

        Assert.Equal(0, await second.TerminateAsync(Cancellation));
    }

    [Fact]
    public async Task Node_Types_AreThoseOfTheContracts()
    {
        var folder = RepositoryRoot.PathTo("samples", "node");
        using var package = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "package.json"), Cancellation));
        var command = package.RootElement.GetProperty("scripts").GetProperty("types").GetString()!;
        using var generated = new TempFolder();

        await DotnetCommand.RunAsync(
            "npm", folder, ["exec", "--call", command.Replace("src/contracts", generated.Path, StringComparison.Ordinal) + " && prettier --check src *.json"], Cancellation);

        Assert.Equal(Contents(generated.Path), Contents(Path.Combine(folder, "src", "contracts")));

        static Dictionary<string, string> Contents(string folder) =>
            Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText, StringComparer.Ordinal);
    }

    private async Task<ReceivedEvent> AnyEventAsync() => (await samples.Events.WhenAsync(samples.NodeRoom.Id, "RoomStateReported", Cancellation))[0];

    private async Task<string> PresentAsync(string roomId) =>
        JsonNode.Parse(await File.ReadAllTextAsync(samples.Data("node", $"{roomId}.json"), Cancellation))!["participants"]!.ToJsonString();

    private List<string> Query(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={samples.Data(database)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
            values.Add(reader.GetString(0));
        return values;
    }
}
