using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Permalinks;

/// <summary>Permalinks that are watched, from the command to the events of their meetings.</summary>
[Collection(WaysTests.Name)]
public sealed class PermalinkTests(WaysFixture bridge)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Observe_HostStarts_IsToldAndObservedWithEitherToken(bool asGuest)
    {
        var permalink = bridge.CreatePermalink();
        var token = asGuest ? permalink.GuestToken : permalink.UserToken;
        var accepted = await ObserveAsync(token);
        Assert.Equal((permalink.Id, permalink.RoomId, false), ((string?)accepted.Message["permalinkId"], (string?)accepted.Message["roomId"], (bool)accepted.Message["alreadyRegistered"]!));
        Assert.True((bool)(await ObserveAsync(token)).Message["alreadyRegistered"]!);

        var room = permalink.Start();
        var events = await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation);
        var started = Assert.Single(events, happened => happened.Type is "PermalinkMeetingStarted");
        Assert.Equal((permalink.Id, "Weekly"), ((string?)started.Message["permalinkId"], (string?)started.Message["name"]));
        Assert.Equal(room.StartedAt.ToUnixTimeMilliseconds(), DateTimeOffset.Parse((string)started.Message["occurredAt"]!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());

        room.Shutdown();
        await bridge.Events.WhenAsync(permalink.RoomId, "ObservationEnded", Cancellation);
    }

    [Fact]
    public async Task Observe_Recurring_WaitsForTheNextMeetingUntilItIsStopped()
    {
        var permalink = bridge.CreatePermalink();
        await ObserveAsync(permalink.GuestToken, recurring: true);
        for (var meeting = 1; meeting <= 2; meeting++)
        {
            permalink.Start();
            await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation, meeting);
            permalink.End();
            await bridge.Events.WhenAsync(permalink.RoomId, "ObservationEnded", Cancellation, meeting);
        }

        Assert.True((bool)(await StopAsync(permalink.GuestToken)).Message["wasRegistered"]!);
        Assert.False((bool)(await StopAsync(permalink.GuestToken)).Message["wasRegistered"]!);
        permalink.Start();
        await AnotherRoundAsync();

        var events = bridge.Events.Of(permalink.RoomId);
        Assert.Equal(2, events.Count(happened => happened.Type is "PermalinkMeetingStarted"));
        Assert.Equal(2, events.Where(happened => happened.Type is "PermalinkMeetingStarted").Select(happened => (string?)happened.Message["meetingId"]).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Enumerable.Range(1, events.Count).Select(number => (long)number), events.Select(happened => happened.Sequence));
    }

    [Fact]
    public async Task Observe_ExpiresWhileWaiting_IsTold()
    {
        var permalink = bridge.CreatePermalink();
        await ObserveAsync(permalink.GuestToken, recurring: true);

        permalink.Expire();

        var told = Assert.Single(await bridge.Events.WhenAsync(permalink.RoomId, "PermalinkExpired", Cancellation));
        Assert.Equal(permalink.Id, (string?)told.Message["permalinkId"]);
        Assert.False((bool)(await StopAsync(permalink.GuestToken)).Message["wasRegistered"]!); // done with
    }

    [Fact]
    public async Task Observe_ExpiredLongAgo_IsToldTheSameWay()
    {
        var permalink = bridge.CreatePermalink();
        permalink.Expire();

        var answer = await ObserveAsync(permalink.UserToken);

        var told = (await bridge.Events.WhenAsync(permalink.RoomId, "PermalinkExpired", Cancellation))[0];
        Assert.Equal((string?)told.Message["expiredAt"], (string?)answer.Message["expiredAt"]);
    }

    [Fact]
    public async Task GetPermalinks_PageByPage_TellsThemWithoutTheirTokens()
    {
        var permalink = bridge.CreatePermalink();
        await ObserveAsync(permalink.GuestToken, recurring: true);
        await ObserveAsync(permalink.UserToken);

        var items = new List<string>();
        for (string? after = null; items.Count == 0 || after is not null;)
        {
            var page = await bridge.Control.RequestAsync("GetPermalinks", $$"""{"limit":1,"after":{{(after is null ? "null" : $"\"{after}\"")}}}""", Cancellation);
            Assert.Equal("WatchedPermalinks", page.Type);
            items.Add(Assert.Single(page.Message["items"]!.AsArray())!.ToJsonString());
            after = (string?)page.Message["next"];
        }

        Assert.Equal(2, items.Count(item => item.Contains(permalink.Id, StringComparison.Ordinal)));
        Assert.Single(items, item => string.Equals(
            item,
            $$"""{"permalinkId":"{{permalink.Id}}","roomId":"{{permalink.RoomId}}","account":"default","recurring":true,"waiting":true,"meetingStartedAt":null}""",
            StringComparison.Ordinal));
        Assert.DoesNotContain(items, item => item.Contains(permalink.GuestToken, StringComparison.Ordinal) || item.Contains(permalink.UserToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"token":"nobody-has-this-one"}""", "unknownToken")]
    [InlineData("""{"token":""}""", "invalidToken")]
    [InlineData("""{"token":"two words"}""", "invalidToken")]
    [InlineData("""{"token":"t","account":"nobodys"}""", "unknownAccount")]
    public async Task Observe_AsksForWhatCannotBe_IsRejected(string command, string code)
    {
        var answer = await bridge.Control.RequestAsync("ObservePermalink", command, Cancellation);

        Assert.Equal(("CommandRejected", code), (answer.Type, (string?)answer.Message["code"]));
        Assert.DoesNotContain("nobody-has-this-one", answer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observe_RoomWantedByACommandToo_IsObservedOnceAndEndsWhenNeitherWantsIt()
    {
        var permalink = bridge.CreatePermalink();
        await ObserveAsync(permalink.GuestToken, recurring: true);
        await ObserveAsync(permalink.UserToken);
        permalink.Start();
        await bridge.Control.ObserveAsync(permalink.RoomId, Cancellation);
        await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation);
        await bridge.Events.WhenAsync(permalink.RoomId, "PermalinkMeetingStarted", Cancellation); // until then the command alone wants it

        await bridge.Control.RequestAsync("StopObservingRoom", $$"""{"roomId":"{{permalink.RoomId}}"}""", Cancellation);
        await StopAsync(permalink.GuestToken);
        await AnotherRoundAsync();
        Assert.DoesNotContain(bridge.Events.Of(permalink.RoomId), happened => happened.Type is "ObservationEnded");

        await StopAsync(permalink.UserToken);
        var events = await bridge.Events.WhenAsync(permalink.RoomId, "ObservationEnded", Cancellation);
        Assert.Equal("stopped", (string?)events[^1].Message["reason"]);
        Assert.Single(events, happened => happened.Type is "ObservationStarted");
        Assert.Single(events, happened => happened.Type is "PermalinkMeetingStarted");
    }

    [Fact]
    public async Task Kill_WhileWaiting_TheNextStartGoesOn()
    {
        var permalink = bridge.CreatePermalink();
        var queue = RabbitMqServer.UniqueName("killed");
        var settings = bridge.Environment.SettingsFor("killed.db");
        settings["Bus__ControlQueue"] = queue;
        settings["Discovery__Enabled"] = "false";
        await using (var first = await BridgeProcess.StartReadyAsync(settings, Cancellation))
        {
            await using var control = await ControlSender.ConnectAsync(bridge.Broker, queue, Cancellation);
            await control.RequestAsync("ObservePermalink", $$"""{"token":"{{permalink.GuestToken}}"}""", Cancellation);
            await first.KillAsync();
        }

        permalink.Start();
        await using var second = await BridgeProcess.StartReadyAsync(settings, Cancellation);

        await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation);
        Assert.Equal(0, await second.TerminateAsync());
    }

    private async Task<ControlAnswer> ObserveAsync(string token, bool recurring = false)
    {
        var answer = await bridge.Control.RequestAsync(
            "ObservePermalink", $$"""{"token":"{{token}}","recurring":{{(recurring ? "true" : "false")}}}""", Cancellation);
        Assert.True(answer.Type is "PermalinkObservationAccepted", answer.ToString());
        return answer;
    }

    private Task<ControlAnswer> StopAsync(string token) =>
        bridge.Control.RequestAsync("StopObservingPermalink", $$"""{"token":"{{token}}"}""", Cancellation);

    /// <summary>Another permalink is asked for twice: so would be any other that is watched.</summary>
    private async Task AnotherRoundAsync()
    {
        var other = bridge.CreatePermalink();
        await ObserveAsync(other.GuestToken, recurring: true);
        for (var meeting = 1; meeting <= 2; meeting++)
        {
            other.Start();
            await bridge.Events.WhenAsync(other.RoomId, "RoomStateReported", Cancellation, meeting);
            other.End();
            await bridge.Events.WhenAsync(other.RoomId, "ObservationEnded", Cancellation, meeting);
        }

        await StopAsync(other.GuestToken);
    }
}
