using EyesonBridge.Eyeson.Rest;

namespace EyesonBridge.Simulator.Tests.Clients;

/// <summary>The .NET client and the simulator understand each other.</summary>
public sealed class EyesonClientTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private EyesonSimulator _simulator = null!;
    private EyesonRestClient _eyeson = null!;
    private EyesonPermalinkClient _permalinks = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(ct: Ct);
        _eyeson = new EyesonRestClient(_http, new EyesonRestOptions { Url = _simulator.Url, ApiKey = "demo-key", Retries = 0 });
        _permalinks = new EyesonPermalinkClient(_http, _simulator.Url, retries: 0);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Permalink_FromItsMakingToItsEnd_IsUnderstood()
    {
        var end = new DateTimeOffset(2999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var made = (await _eyeson.CreatePermalinkAsync(
            new() { Name = "Weekly", ExpiresAt = end, User = new() { Name = "Ada", Id = "ada" } }, Ct)).Value!;
        var (id, userToken, guestToken) = (made.Permalink.Id!, made.Permalink.UserToken!, made.Permalink.GuestToken!);
        Assert.Equal(("Weekly", end), (made.Room.Name, made.Permalink.ExpiresAt));
        Assert.False((await _permalinks.GetMeetingInfoAsync(guestToken, Ct)).Value!.IsStarted);
        Assert.Equal(RestOutcome.Gone, (await GuestAsync(guestToken)).Outcome);

        var host = (await _permalinks.StartMeetingAsync(userToken, Ct)).Value!;
        Assert.Equal(("ada", made.Room.Id), (host.User!.Id, host.Room.Id));
        Assert.True((await _permalinks.GetMeetingInfoAsync(guestToken, Ct)).Value!.IsStarted);
        Assert.NotEqual(host.AccessKey, (await GuestAsync(guestToken)).Value!.AccessKey, StringComparer.Ordinal);
        _simulator.FindPermalink(id)!.Room!.Lock();
        Assert.Equal(RestOutcome.Locked, (await GuestAsync(guestToken)).Outcome);

        Assert.True((await _eyeson.ShutdownRoomAsync(made.Room.Id!, Ct)).IsOk);
        Assert.False((await _permalinks.GetMeetingInfoAsync(userToken, Ct)).Value!.IsStarted);

        var second = (await _eyeson.AddPermalinkUserAsync(id, new() { Name = "Bob" }, Ct)).Value!.Permalink.UserToken!;
        Assert.True((await _permalinks.StartMeetingAsync(second, Ct)).IsOk);
        Assert.True((await _eyeson.RemovePermalinkUserAsync(id, second, Ct)).IsOk);
        Assert.Equal(RestOutcome.NotFound, (await _permalinks.StartMeetingAsync(second, Ct)).Outcome);

        Assert.Equal("Monthly", (await _eyeson.UpdatePermalinkAsync(id, new() { Name = "Monthly" }, Ct)).Value!.Room.Name);
        Assert.Equal(id, Assert.Single((await _eyeson.GetPermalinksAsync(new() { Expired = false }, Ct)).Value!.Items).Permalink.Id);
        _simulator.FindPermalink(id)!.Expire();
        Assert.True((await _permalinks.GetMeetingInfoAsync(guestToken, Ct)).Value!.IsExpired(TimeProvider.System.GetUtcNow()));
        Assert.Equal(RestOutcome.Gone, (await _permalinks.StartMeetingAsync(userToken, Ct)).Outcome);

        Assert.True((await _eyeson.DeletePermalinkAsync(id, Ct)).IsOk);
        Assert.Equal(RestOutcome.NotFound, (await _eyeson.GetPermalinkAsync(id, Ct)).Outcome);
        Assert.Equal(RestOutcome.NotFound, (await GuestAsync(guestToken)).Outcome);
        Assert.Equal((RestOutcome.Invalid, "user name is missing"), Seen(await _eyeson.CreatePermalinkAsync(new(), Ct)));
    }

    [Fact]
    public async Task RoomAndWebhook_OverRest_AreUnderstood()
    {
        var room = _simulator.CreateRoom("room");
        room.Join(new SimulatedUser("ada", "Ada"));
        var snapshot = room.TakeSnapshot();

        Assert.Equal("ada", Assert.Single((await _eyeson.GetRoomUsersAsync("room", online: true, Ct)).Value!).Id);
        Assert.Equal(snapshot, (await _eyeson.GetSnapshotAsync(snapshot, Ct)).Value!.Id);
        Assert.Equal(RestOutcome.NotFound, (await _eyeson.ShutdownRoomAsync("other", Ct)).Outcome);

        Assert.Empty((await _eyeson.GetWebhookAsync(Ct)).Value!);
        Assert.True((await _eyeson.RegisterWebhookAsync(new Uri("https://x.test/hook"), ["room_update", "recording_update"], Ct)).IsOk);
        var webhook = Assert.Single((await _eyeson.GetWebhookAsync(Ct)).Value!);
        Assert.Equal("https://x.test/hook", webhook.Url);
        Assert.Equal(["room_update", "recording_update"], webhook.Types!, StringComparer.Ordinal);
        Assert.True((await _eyeson.DeleteWebhookAsync(webhook.Id!, Ct)).IsOk);
        Assert.Empty((await _eyeson.GetWebhookAsync(Ct)).Value!);
    }

    private static (RestOutcome Outcome, string? Reason) Seen<T>(RestResult<T> result)
        where T : class => (result.Outcome, result.Reason);

    private Task<RestResult<MeetingAccess>> GuestAsync(string token) => _permalinks.CreateGuestAsync(token, new() { Name = "Guest" }, Ct);
}
