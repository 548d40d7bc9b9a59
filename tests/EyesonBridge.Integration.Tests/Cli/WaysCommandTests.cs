using System.Text.Json.Nodes;
using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Cli;

/// <summary>The commands for permalinks, webhooks and rooms, and the doctor.</summary>
[Collection(WaysTests.Name)]
public sealed class WaysCommandTests(WaysFixture bridge)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Permalink_WatchStartGuest_DoWhatTheySay()
    {
        var permalink = bridge.CreatePermalink();
        var watched = (await RunAsync("permalink", "watch", permalink.GuestToken)).AssertSucceeded();
        Assert.Equal([$"Permalink {permalink.Id} of room {permalink.RoomId} is now watched."], watched.Output);

        var started = (await RunAsync("permalink", "start", permalink.UserToken)).AssertSucceeded();
        Assert.Equal($"room        {permalink.RoomId}", started.Output[0]);
        Assert.Matches("^access key  .+", started.Output[1]);
        await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation);

        var guest = (await RunAsync("permalink", "guest", permalink.GuestToken, "Maria", "--locale", "de")).AssertSucceeded();
        Assert.Matches("^access key  .+", guest.Output[1]);
        Assert.NotEqual(started.Output[1], guest.Output[1]);

        Assert.Equal(["The permalink is no longer watched."], (await RunAsync("permalink", "unwatch", permalink.GuestToken)).AssertSucceeded().Output);
        await bridge.Events.WhenAsync(permalink.RoomId, "ObservationEnded", Cancellation);
        Assert.Contains("unknownToken", (await RunAsync("permalink", "watch", "nobody-has-this-one")).AssertFailedWith(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_ShowRegisterRemove_ReplacesOnlyWhenTold()
    {
        const string One = "https://one.example.com/webhooks/eyeson/found";
        const string Two = "https://two.example.com/webhooks/eyeson/found";
        Assert.Equal(["No webhook is registered."], (await WebhookAsync("show")).AssertSucceeded().Output);
        Assert.Equal([$"Registered {One}."], (await WebhookAsync("register", One)).AssertSucceeded().Output);

        var refused = (await WebhookAsync("register", Two)).AssertFailedWith(1);
        Assert.Contains(One, refused, StringComparison.Ordinal);
        Assert.Contains("--replace", refused, StringComparison.Ordinal);
        Assert.Equal(One, bridge.Simulator.FindWebhook(WaysFixture.FoundKey)!.Url.ToString());

        Assert.Equal([$"Registered {Two}. It replaces {One}."], (await WebhookAsync("register", Two, "--replace")).AssertSucceeded().Output);
        Assert.Contains(Two, (await WebhookAsync("show")).AssertSucceeded().Output[0], StringComparison.Ordinal);
        Assert.Equal([$"Removed {Two}."], (await WebhookAsync("remove")).AssertSucceeded().Output);
        Assert.Null(bridge.Simulator.FindWebhook(WaysFixture.FoundKey));
        Assert.Equal(["No webhook is registered."], (await WebhookAsync("remove")).AssertSucceeded().Output);
        Assert.Contains("https", (await WebhookAsync("register", "http://plain.example.com")).AssertFailedWith(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rooms_OfAnAccount_ShowsWhatRunsAtEyeson()
    {
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("runs"), "Stand-up", apiKey: WaysFixture.HookedKey);
        var other = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("runs"));

        var run = (await RunAsync("rooms", "--account", "hooked")).AssertSucceeded();

        Assert.Contains(run.Output, line => line.StartsWith(room.Id, StringComparison.Ordinal) && line.EndsWith("Stand-up", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output, line => line.StartsWith(other.Id, StringComparison.Ordinal));
        Assert.Contains("'nobodys'", (await RunAsync("rooms", "--account", "nobodys")).AssertFailedWith(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AllIsWell_SaysSoOfEachPart()
    {
        var run = (await RunAsync("doctor")).AssertSucceeded();

        Assert.Equal(
            ["settings", "broker", "store", "rooms", "bridge", "account default", "account found", "account hooked"],
            run.Output.Select(line => line[7..].Split("  ")[0]), StringComparer.Ordinal);
        Assert.All(run.Output, line => Assert.StartsWith("ok ", line, StringComparison.Ordinal));
        Assert.Contains("in use by a running bridge", run.Output[2], StringComparison.Ordinal); // that is as it should be
        Assert.Contains("answers; it knows ", run.Output[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WrongKeyNoBrokerNoEyeson_SaysOfEachWhatToDo()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string>(bridge.Environment.Settings, StringComparer.Ordinal)
        {
            ["Eyeson__Accounts__found__ApiKey"] = "wrong-key",
            ["Bus__Url"] = "amqp://guest:guest@127.0.0.1:1",
            ["Store__ConnectionString"] = $"Data Source={folder.Combine("new.db")}",
        };

        var run = await ProgramRun.HereAsync(settings, ["doctor"], Cancellation);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.Matches("^WRONG  broker .*No broker answers at 127.0.0.1:1.*Bus__Url", run.Output[1]);
        Assert.Matches("^ok     store ", run.Output[2]);
        Assert.False(File.Exists(folder.Combine("new.db"))); // it looks, and leaves nothing
        Assert.Matches("^WRONG  account found .*Eyeson__Accounts__found__ApiKey", Assert.Single(run.Output, line => line.Contains("account found", StringComparison.Ordinal)));
        Assert.Matches("^ok     account hooked", run.Output[^1]);
        Assert.DoesNotContain("wrong-key", run.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_WrongSettings_NamesEach()
    {
        var settings = new Dictionary<string, string>(bridge.Environment.Settings, StringComparer.Ordinal)
        {
            ["Permalinks__PollInterval"] = "00:00:00",
            ["Webhook__MaxBodyBytes"] = "1",
        };

        var run = await ProgramRun.HereAsync(settings, ["doctor"], Cancellation);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.All(run.Output.Take(2), line => Assert.StartsWith("WRONG  settings", line, StringComparison.Ordinal));
        Assert.All(run.Output.Skip(2), line => Assert.StartsWith("ok ", line, StringComparison.Ordinal)); // everything else is checked all the same
        Assert.Equal(7, run.Output.Count - 2);
        Assert.Contains(run.Output, line => line.Contains("Permalinks:PollInterval", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("Webhook:MaxBodyBytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Doctor_SettingOfAPartWrong_SaysSoOfThatPartOnly()
    {
        var settings = new Dictionary<string, string>(bridge.Environment.Settings, StringComparer.Ordinal)
        {
            ["Bus__Url"] = "http://localhost",
            ["Store__ConnectionString"] = "Data Source=/proc/bridge.db",
        };

        var run = await ProgramRun.HereAsync(settings, ["doctor"], Cancellation);

        Assert.True(run.ExitCode == 1, run.ToString());
        Assert.StartsWith("WRONG  settings           Bus:Url", run.Output[0], StringComparison.Ordinal);
        Assert.Equal("WRONG  broker             not checked: correct its settings first", run.Output[1]);
        Assert.Matches("^WRONG  store              The store /proc/bridge.db does not exist, and cannot be created: the folder /proc cannot be written", run.Output[2]);
        Assert.Equal("ok     rooms              none yet", run.Output[3]);
        Assert.All(run.Output.Skip(4), line => Assert.StartsWith("ok     account ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Permalink_ExpiredOrListed_IsTold()
    {
        var expired = bridge.CreatePermalink();
        expired.Expire();
        var watched = bridge.CreatePermalink();

        Assert.Contains($"Permalink {expired.Id} of room {expired.RoomId} is not watched: it expired at", (await RunAsync("permalink", "watch", expired.GuestToken)).AssertFailedWith(1), StringComparison.Ordinal);
        (await RunAsync("permalink", "watch", watched.GuestToken, "--recurring")).AssertSucceeded();
        var list = (await RunAsync("permalink", "list")).AssertSucceeded();

        Assert.Contains(list.Output, line => System.Text.RegularExpressions.Regex.IsMatch(
            line, $"^{watched.Id} +{watched.RoomId} +waiting +yes +default$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Matches("^[0-9]+ permalinks?$", list.Output[^1]);
        Assert.DoesNotContain(watched.GuestToken, list.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_OfEach_IsForPrograms()
    {
        const string Url = "https://json.example.com/webhooks/eyeson/default";
        var room = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("json"), "Stand-up", apiKey: WaysFixture.HookedKey);
        var permalink = bridge.CreatePermalink();

        Assert.Contains((await JsonAsync("rooms", "--account", "hooked"))["items"]!.AsArray(), item =>
            item!.ToJsonString().StartsWith($$"""{"id":"{{room.Id}}","name":"Stand-up","startedAt":""", StringComparison.Ordinal));
        Assert.Equal("""{"items":[]}""", (await JsonAsync("webhook", "show")).ToJsonString());
        Assert.Equal(Url, (string?)(await JsonAsync("webhook", "register", Url))["url"]);
        Assert.Equal(Url, (string?)(await JsonAsync("webhook", "show"))["items"]![0]!["url"]);
        Assert.Equal(Url, (string?)(await JsonAsync("webhook", "remove"))["removed"]![0]);

        Assert.Equal(permalink.Id, (string?)(await JsonAsync("permalink", "watch", permalink.GuestToken))["permalinkId"]);
        Assert.Contains((await JsonAsync("permalink", "list"))["items"]!.AsArray(), item => string.Equals((string?)item!["permalinkId"], permalink.Id, StringComparison.Ordinal));
        Assert.Equal(permalink.RoomId, (string?)(await JsonAsync("permalink", "start", permalink.UserToken))["roomId"]);
        Assert.NotNull((string?)(await JsonAsync("permalink", "guest", permalink.GuestToken, "Maria"))["accessKey"]);
        Assert.True((bool?)(await JsonAsync("permalink", "unwatch", permalink.GuestToken))["wasRegistered"]);

        var doctor = await JsonAsync("doctor");
        Assert.True((bool?)doctor["ok"]);
        Assert.Equal(["settings", "broker", "store"], doctor["checks"]!.AsArray().Take(3).Select(check => (string?)check!["check"]));

        async Task<JsonNode> JsonAsync(params string[] arguments) =>
            JsonNode.Parse(Assert.Single((await RunAsync([.. arguments, "--output", "json"])).AssertSucceeded().Output))!;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DemoPermalink_EachStep_Happens(bool inMemory)
    {
        var settings = BridgeSettings.ForCommands(bridge.Broker, "nobodys");
        string[] arguments = inMemory ? ["demo", "--permalink", "--in-memory"] : ["demo", "--permalink"];

        var run = await ProgramRun.OfAsync(settings, arguments, Cancellation);

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Matches("^[0-9]+ messages, 10 steps, 0 missing$", run.Output[^1]);
        Assert.Equal(2, run.Output.Count(line => line.Contains("PermalinkMeetingStarted", StringComparison.Ordinal)));
    }

    private Task<ProgramRun> WebhookAsync(string what, params string[] arguments) =>
        RunAsync(["webhook", what, .. arguments, "--account", "found"]);

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.HereAsync(bridge.Environment.Settings, arguments, Cancellation);
}
