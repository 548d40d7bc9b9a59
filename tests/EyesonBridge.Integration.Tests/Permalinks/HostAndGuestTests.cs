using EyesonBridge.Integration.Tests.Harness;
using EyesonBridge.Testing.RabbitMq;

namespace EyesonBridge.Integration.Tests.Permalinks;

/// <summary>Hosts and guests over the bus: who asks gets an access key, and nobody else does.</summary>
[Collection(WaysTests.Name)]
public sealed class HostAndGuestTests(WaysFixture bridge)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAndRequestGuest_Answered_AccessKeysReachNobodyElse()
    {
        var permalink = bridge.CreatePermalink();

        var ready = await StartAsync(permalink.UserToken, observe: true);
        Assert.Equal("PermalinkMeetingReady", ready.Type);
        Assert.Equal(permalink.RoomId, (string?)ready.Message["roomId"]);
        await bridge.Events.WhenAsync(permalink.RoomId, "RoomStateReported", Cancellation);
        var guest = await GuestAsync(permalink.GuestToken, "\"name\":\"Maria\",\"email\":\"maria@example.com\",\"locale\":\"de\"");
        Assert.Equal("GuestUserCreated", guest.Type);
        permalink.End();
        await bridge.Events.WhenAsync(permalink.RoomId, "ObservationEnded", Cancellation);

        string[] secrets = [(string)ready.Message["accessKey"]!, (string)guest.Message["accessKey"]!, permalink.UserToken, permalink.GuestToken];
        Assert.All(secrets, secret => Assert.True(secret.Length > 8));
        var published = string.Join('\n', bridge.Events.Of(permalink.RoomId).Select(happened => happened.Text));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, published, StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, bridge.Bridge.Transcript, StringComparison.Ordinal));
        Assert.DoesNotContain("Maria", bridge.Bridge.Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NotToObserve_LeavesTheRoomAlone()
    {
        var permalink = bridge.CreatePermalink();

        Assert.Equal("PermalinkMeetingReady", (await StartAsync(permalink.UserToken, observe: false)).Type);

        var known = await bridge.Control.RequestAsync("GetObservations", "{}", Cancellation);
        Assert.DoesNotContain(permalink.RoomId, known.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Refused_SaysWhy()
    {
        var expired = bridge.CreatePermalink();
        expired.Expire();
        var permalink = bridge.CreatePermalink();

        await AssertRejectedAsync("unknownToken", StartAsync("nobody-has-this-one"));
        await AssertRejectedAsync("unknownToken", StartAsync(permalink.GuestToken)); // a guest is no host
        await AssertRejectedAsync("expired", StartAsync(expired.UserToken));
        await AssertRejectedAsync("invalidToken", StartAsync(""));
    }

    [Fact]
    public async Task RequestGuest_Refused_SaysWhy()
    {
        var waiting = bridge.CreatePermalink();
        var expired = bridge.CreatePermalink();
        expired.Expire();
        var locked = bridge.CreatePermalink();
        locked.Start().Lock();
        var over = bridge.Simulator.CreateRoom(RabbitMqServer.UniqueName("over"));
        over.Shutdown();

        await AssertRejectedAsync("notStarted", GuestAsync(waiting.GuestToken));
        await AssertRejectedAsync("expired", GuestAsync(expired.GuestToken));
        await AssertRejectedAsync("locked", GuestAsync(locked.GuestToken));
        await AssertRejectedAsync("meetingOver", GuestAsync(over.GuestToken));
        await AssertRejectedAsync("unknownToken", GuestAsync("nobody-has-this-one"));
        await AssertRejectedAsync("invalidName", GuestAsync(waiting.GuestToken, "\"name\":\" \""));
        await AssertRejectedAsync("invalidToken", GuestAsync("two words"));
    }

    [Fact]
    public async Task RequestGuest_EyesonAway_IsToldAtOnce()
    {
        var permalink = bridge.CreatePermalink();
        permalink.Start();
        bridge.Simulator.Faults.RestStatus = 503;
        try
        {
            await AssertRejectedAsync("eyesonUnavailable", GuestAsync(permalink.GuestToken));
            await AssertRejectedAsync("eyesonUnavailable", StartAsync(permalink.UserToken));
        }
        finally
        {
            bridge.Simulator.Faults.Reset();
        }
    }

    [Theory]
    [InlineData("StartPermalinkMeeting", "userToken")]
    [InlineData("RequestGuestUser", "guestToken")]
    public async Task Command_NobodyWaitsForTheAnswer_IsNotCarriedOutAndKeptNowhere(string command, string token)
    {
        var permalink = bridge.CreatePermalink();
        var secret = command is "RequestGuestUser" ? permalink.GuestToken : permalink.UserToken;
        var before = bridge.Bridge.Output.Items.Count(IsRefusal);

        await bridge.Control.SendAsync(command, $$"""{"{{token}}":"{{secret}}","name":"Maria"}""", Cancellation);

        await bridge.Bridge.Output.WhenAsync("the refusal", lines => lines.Count(IsRefusal) > before, Cancellation);
        await DeadCommands.AssertNowhereAsync(bridge.Broker, bridge.ControlQueue, secret, Cancellation);
        Assert.DoesNotContain(secret, bridge.Bridge.Transcript, StringComparison.Ordinal);
        Assert.DoesNotContain(bridge.Bridge.Output.Items, line => line.Contains("FAULT", StringComparison.Ordinal));
        Assert.Null(permalink.Room); // it was not started for nobody

        bool IsRefusal(string line) => line.Contains($"dropped {command}", StringComparison.Ordinal) && line.Contains("notARequest", StringComparison.Ordinal);
    }

    private static async Task AssertRejectedAsync(string code, Task<ControlAnswer> answering)
    {
        var answer = await answering;
        Assert.True(answer.Type is "CommandRejected", answer.ToString());
        Assert.Equal(code, (string?)answer.Message["code"]);
    }

    private Task<ControlAnswer> StartAsync(string userToken, bool observe = false) => bridge.Control.RequestAsync(
        "StartPermalinkMeeting", $$"""{"userToken":"{{userToken}}","observe":{{(observe ? "true" : "false")}}}""", Cancellation);

    private Task<ControlAnswer> GuestAsync(string guestToken, string rest = "\"name\":\"Maria\"") =>
        bridge.Control.RequestAsync("RequestGuestUser", $$"""{"guestToken":"{{guestToken}}",{{rest}}}""", Cancellation);
}
