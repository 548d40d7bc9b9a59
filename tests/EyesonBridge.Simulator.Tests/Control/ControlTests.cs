using System.Net;

namespace EyesonBridge.Simulator.Tests.Control;

public sealed class ControlTests : ControlledSimulator
{
    [Fact]
    public async Task CreateRoom_ById_RunsAndIsShown()
    {
        await PostAsync("rooms", """{"id":"r","name":"Room","startedAt":"2023-12-11T09:48:32.031Z"}""");

        var room = Simulator.FindRoom("r")!;
        Assert.Equal("Room", room.Name);
        Assert.Equal(DateTimeOffset.Parse("2023-12-11T09:48:32.031Z", System.Globalization.CultureInfo.InvariantCulture), room.StartedAt);
        var shown = await GetAsync("rooms/r");
        Assert.Equal("Room", shown.GetProperty("name").GetString());
        var all = await GetAsync("rooms");
        Assert.Equal(1, all.GetArrayLength());
    }

    [Theory]
    [InlineData("ready", "{}", "room_update")]
    [InlineData("join", """{"id":"bob","name":"Bob","guest":true}""", "participant_update")]
    [InlineData("leave", """{"userId":"alice"}""", "participant_update")]
    [InlineData("chat", """{"content":"hi","userId":"alice"}""", "chat")]
    [InlineData("custom", """{"content":"hi","userId":"alice"}""", "custom")]
    [InlineData("start-presentation", """{"userId":"alice"}""", "presentation_update")]
    [InlineData("stop-presentation", "", "presentation_update")]
    [InlineData("podium", """{"podium":[{"userId":"alice","width":1280,"height":720}]}""", "podium_update")]
    [InlineData("start-recording", "", "recording_update")]
    [InlineData("snapshot", "", "snapshot_update")]
    [InlineData("start-broadcast", """{"platform":"youtube","playerUrl":"https://example.com/live"}""", "broadcasts_update")]
    [InlineData("stop-broadcast", "", "broadcasts_update")]
    [InlineData("start-playback", """{"playId":"v","url":"https://example.com/v.webm"}""", "playback_update")]
    [InlineData("stop-playback", """{"playId":"v"}""", "playback_update")]
    [InlineData("layout", """{"layoutName":"nine"}""", "options_update")]
    [InlineData("lock", "", "lock")]
    [InlineData("unlock", "", "lock")]
    [InlineData("shutdown", "", "room_update")]
    [InlineData("raw", """{"message":{"type":"brand_new"}}""", "brand_new")]
    [InlineData("raw", """{"text":"{oops"}""", "raw")]
    [InlineData("raw", """{"base64":"wyg="}""", "raw")]
    public async Task Action_OverHttp_SendsItsEvent(string action, string body, string type)
    {
        var room = Simulator.CreateRoom("r");
        room.Join(new SimulatedUser("alice", "Alice"));

        await PostAsync($"rooms/r/{action}", body);

        Assert.Equal(2, room.Sent.Count);
        Assert.Equal(type, room.Sent[1].Type);
        var sent = await GetAsync("rooms/r/sent");
        Assert.Equal(2, sent.GetArrayLength());
    }

    [Fact]
    public async Task Recording_OverHttp_GoesThroughItsPhases()
    {
        var room = Simulator.CreateRoom("r");

        var id = (await PostAsync("rooms/r/start-recording", "")).GetProperty("id").GetString();
        await PostAsync("rooms/r/stop-recording", "");
        await PostAsync("rooms/r/finish-recording", $$"""{"id":"{{id}}"}""");

        Assert.Equal(3, room.Sent.Count);
        Assert.NotNull(Assert.Single(room.ListRecordings()).Links.Download);
    }

    [Fact]
    public async Task Script_OverHttp_RunsToTheEnd()
    {
        var room = Simulator.CreateRoom("r");
        using var observer = await Observer.SubscribedAsync(Simulator, room);

        var answer = await PostAsync("rooms/r/script", """{"speed":1000}""");
        var received = 0;
        while (await observer.ReceiveAsync() is not null)
            received++;

        Assert.Equal(ScriptedMeeting.Steps.Count, answer.GetProperty("sends").GetArrayLength());
        Assert.Equal(ScriptedMeeting.Steps.Count, received);
    }

    [Fact]
    public async Task Faults_OverHttp_AreSetAndTakenBack()
    {
        var room = Simulator.CreateRoom("r");
        const string all = """
            {"mutePings":true,"muteAll":true,"welcomeDelay":1.5,"confirmationDelay":-1,"rejectSubscriptions":true,
             "ignoreSubscribes":2,"refuseUpgradeWith":503,"restStatus":500,
             "rejectHistory":true,"forgetSessions":true,"historyOverlap":3}
            """;

        await SendAsync(HttpMethod.Patch, "rooms/r/faults", all);
        Assert.True(room.Faults is
        {
            MutePings: true, MuteAll: true, RejectSubscriptions: true,
            IgnoreSubscribes: 2, RefuseUpgradeWith: 503, RestStatus: 500,
            RejectHistory: true, ForgetSessions: true, HistoryOverlap: 3,
        });
        Assert.Equal(TimeSpan.FromSeconds(1.5), room.Faults.WelcomeDelay);
        Assert.Equal(Timeout.InfiniteTimeSpan, room.Faults.ConfirmationDelay);
        Assert.False(Simulator.Faults.MutePings);

        await SendAsync(HttpMethod.Delete, "rooms/r/faults", "");
        Assert.True(room.Faults is { MutePings: false, MuteAll: false, RefuseUpgradeWith: null, HistoryOverlap: 0 });
        await SendAsync(HttpMethod.Patch, "faults", """{"mutePings":true}""");
        Assert.True(Simulator.Faults.MutePings);
    }

    [Fact]
    public async Task DropAndDisconnect_OverHttp_SayHowMany()
    {
        var room = Simulator.CreateRoom("r");
        using var first = await Observer.SubscribedAsync(Simulator, room);
        Assert.Equal(1, (await PostAsync("rooms/r/drop", """{"by":"rst"}""")).GetProperty("dropped").GetInt32());
        using var second = await Observer.SubscribedAsync(Simulator, room);
        Assert.Equal(1, (await PostAsync("disconnect", """{"reason":"remote","reconnect":false}""")).GetProperty("disconnected").GetInt32());
        Assert.Equal("""{"type":"disconnect","reason":"remote","reconnect":false}""", await second.ReceiveAsync());
        Assert.Equal(0, (await PostAsync("drop", "")).GetProperty("dropped").GetInt32());

        var counters = await GetAsync("../simulator");
        Assert.Equal(2, counters.GetProperty("handshakesAccepted").GetInt32());
    }

    [Theory]
    [InlineData("rooms/none/lock", "", HttpStatusCode.NotFound)]
    [InlineData("rooms/r/dance", "", HttpStatusCode.NotFound)]
    [InlineData("rooms", """{"id":"r"}""", HttpStatusCode.Conflict)]
    [InlineData("rooms", "{}", HttpStatusCode.BadRequest)]
    [InlineData("rooms/r/stop-recording", "", HttpStatusCode.Conflict)]
    [InlineData("rooms/r/leave", """{"userId":"nobody"}""", HttpStatusCode.BadRequest)]
    [InlineData("rooms/r/chat", """{"txt":"hi"}""", HttpStatusCode.BadRequest)]
    [InlineData("rooms/r/raw", """{"base64":"?"}""", HttpStatusCode.BadRequest)]
    [InlineData("rooms/r/drop", """{"by":"magic"}""", HttpStatusCode.BadRequest)]
    [InlineData("rooms/r/script", """{"speed":0}""", HttpStatusCode.BadRequest)]
    public async Task Post_AskedWrongly_SaysWhatIsWrong(string path, string body, HttpStatusCode status)
    {
        Simulator.CreateRoom("r");

        var error = await PostAsync(path, body, status);

        Assert.NotEmpty(error.GetProperty("error").GetString()!);
    }
}
