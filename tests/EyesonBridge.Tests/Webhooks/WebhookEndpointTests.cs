using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using EyesonBridge.Accounts;
using EyesonBridge.Contracts.V1;
using EyesonBridge.Storage;
using EyesonBridge.Storage.Sqlite;
using EyesonBridge.Tests.Logging;
using EyesonBridge.Tests.Storage;
using EyesonBridge.Tests.Storage.Sqlite;
using EyesonBridge.Tests.Telemetry;
using EyesonBridge.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Tests.Webhooks;

public sealed class WebhookEndpointTests : IAsyncLifetime
{
    private const string Key = "a-key";
    private const int PerSecond = 5;
    private const string Recording = """{"type":"recording_update","timestamp":1767268800,"recording":{"id":"rec","room":{"id":"room"},"links":{"download":null}}}""";

    private readonly SqliteFixture _files = new();
    private readonly LogRecorder<WebhookEndpoint> _log = new();
    private readonly LogRecorder<WebhookReceiver> _receiverLog = new();
    private readonly WebhookOptions _options = new();
    private SqliteStore _store = null!;
    private WebhookEndpoint _endpoint = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = await _files.OpenAsync();
        var eyeson = new EyesonOptions();
        eyeson.Accounts["default"] = new AccountOptions { ApiKey = Key };
        eyeson.Accounts["second"] = new AccountOptions { ApiKey = "second-key" };
        _options.PerSecond = PerSecond;
        _endpoint = new WebhookEndpoint(
            new WebhookReceiver(_store, _files.Time, _receiverLog),
            new AccountKeys(Options.Create(eyeson)),
            new BodySlots(Options.Create(_options), _files.Time),
            new TakenWebhooks(Options.Create(_options), _files.Time),
            Options.Create(_options),
            _files.Time,
            _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _files.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_RecordingOfAnyRoom_IsInItsInboxWhenItIsAnswered()
    {
        Assert.Equal(204, await PostAsync(Recording));

        var entry = Assert.Single(await _store.ReadInboxAsync("room", Cancelled));
        Assert.Equal((InboxKind.Webhook, Recording), (entry.Kind, Encoding.UTF8.GetString(entry.Body.Span)));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("recording_update")]
    [InlineData("room_update")]
    public async Task Post_RoomIdThatCannotBePublished_IsIgnoredAndTold(string type)
    {
        var roomId = new string('中', 86);
        var body = type is "room_update"
            ? $$$"""{"type":"room_update","room":{"id":"{{{roomId}}}","ready":true}}"""
            : Recording.Replace("\"room\":{\"id\":\"room\"}", $"\"room\":{{\"id\":\"{roomId}\"}}", StringComparison.Ordinal);

        Assert.Equal(204, await PostAsync(body));

        Assert.Equal((1, 0), (_receiverLog.Count(8020), _receiverLog.Count(8002)));
        Assert.Empty(await _store.ListRoomsAsync(Cancelled));
        Assert.Empty(await _store.ReadInboxAsync(roomId, Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_EachOutcome_IsCounted()
    {
        using var measured = new Measured("eyeson_bridge.webhooks");

        await PostAsync(Recording);
        await PostAsync(Recording);
        await PostAsync("""{"type":"team_update"}""");
        await PostAsync(Recording, signature: "0000");
        _options.MaxBodyBytes = 10;
        await PostAsync(Recording.Replace("rec", "other", StringComparison.Ordinal));

        Assert.Equal(["outcome=taken", "outcome=repeated", "outcome=ignored", "outcome=forged", "outcome=unreadable"], measured.Tags);
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_RoomThatRuns_IsRegistered()
    {
        Assert.Equal(204, await PostAsync("""{"type":"room_update","room":{"id":"room","ready":true,"started_at":"2026-01-01T12:00:00Z"}}"""));

        Assert.Equal([IntentSources.Webhook], (await _store.FindRoomAsync("room", Cancelled))!.WantedBy);
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_RoomThatIsOver_RegistersNothing()
    {
        Assert.Equal(204, await PostAsync("""{"type":"room_update","room":{"id":"room","shutdown":true}}"""));

        Assert.Null(await _store.FindRoomAsync("room", Cancelled));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_WrongSignature_IsRefusedAndLeavesNothing()
    {
        Assert.Equal(401, await PostAsync(Recording, signature: Sign(Recording, "another-key")));
        Assert.Equal(401, await PostAsync(Recording, signature: ""));
        Assert.Equal(401, await PostAsync(Recording + " ", signature: Sign(Recording, Key)));
        Assert.Equal(401, await PostAsync(Recording, account: "second", signature: Sign(Recording, Key)));

        Assert.Empty(await _store.ListRoomsAsync(Cancelled));
        Assert.Equal(4, _log.Count(8000));
        Assert.DoesNotContain(_log.Texts, text => text.Contains(Key, StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_UnknownAccount_IsRefusedAsAWrongSignatureIs()
    {
        Assert.Equal(401, await PostAsync(Recording, account: "nobodys"));
        Assert.Equal(413, await PostAsync(Recording.PadRight(_options.MaxBodyBytes + 1), account: "nobodys"));

        Assert.DoesNotContain(_log.Texts, text => text.Contains("nobodys", StringComparison.Ordinal)); // anybody can write there what he likes
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_OneByteTooMany_IsRefusedWhetherItsLengthIsSaidOrNot(bool saysLength)
    {
        var largest = Recording.PadRight(_options.MaxBodyBytes);
        Assert.Equal(204, await PostAsync(largest, saysLength: saysLength));

        Assert.Equal(413, await PostAsync(largest + " ", saysLength: saysLength));

        Assert.Single(await _store.ReadInboxAsync("room", Cancelled));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("default")]
    [InlineData("nobodys")]
    public async Task Post_FloodThatIsNotFromEyeson_LeavesRoomForWhatIsAndTellsNothingOfAccounts(string flooded)
    {
        var statuses = new List<int>();
        for (var i = 0; i < 8; i++)
            statuses.Add(await PostAsync(Recording, account: flooded, signature: Sign(Recording, "another-key")));

        Assert.Equal([401, 401, 401, 401, 401, 429, 429, 429], statuses);
        Assert.Equal(5, _log.Count(8000));
        Assert.Equal(429, await PostAsync(Recording, account: "second", signature: Sign(Recording, "another-key")));
        Assert.Equal(429, await PostAsync(Recording, account: "nobody-else", signature: Sign(Recording, "another-key")));
        Assert.Equal(204, await PostAsync(Recording));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_TooManyAtATime_AreRefusedUntilLater()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 7; i++)
            statuses.Add(await PostAsync(Recording));
        Assert.Equal([204, 204, 204, 204, 204, 429, 429], statuses);
        Assert.Equal(204, await PostAsync(Recording, account: "second", signature: Sign(Recording, "second-key")));

        _files.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(204, await PostAsync(Recording));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_TheSameAgain_LeadsToNothing()
    {
        Assert.Equal(204, await PostAsync(Recording));
        await _store.ReadInboxAsync("room", Cancelled);

        Assert.Equal(204, await PostAsync(Recording));

        Assert.Single(await _store.ReadInboxAsync("room", Cancelled));
        Assert.Equal(1, _log.Count(8004));
    }

    [Theory(Timeout = 60_000)]
    [InlineData(-24 * 60 * 60, 1)]
    [InlineData((-24 * 60 * 60) - 1, 0)]
    [InlineData(60 * 60, 1)]
    public async Task Post_RecordedLongAgo_LeadsToNothing(int seconds, int registered)
    {
        var sent = _files.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

        Assert.Equal(204, await PostAsync($$$"""{"type":"room_update","timestamp":{{{sent}}},"room":{"id":"room","ready":true}}"""));

        Assert.Equal(registered, (await _store.ListRoomsAsync(Cancelled)).Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_BodyThatDoesNotCome_IsGivenUpInTime()
    {
        var body = new Pipe();
        var answer = PostAsync(body.Reader.AsStream());
        await _files.Time.WhenArmedAsync(1, Cancelled);

        _files.Time.Advance(_options.BodyTimeout);

        Assert.Equal(408, await answer);
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_SlowBodiesHoldAllSlots_TheOldestGivesWay()
    {
        _options.MaxConcurrent = 2;
        var first = PostAsync(new Pipe().Reader.AsStream(), "second");
        var second = PostAsync(new Pipe().Reader.AsStream(), "nobodys");
        await _files.Time.WhenArmedAsync(2, Cancelled);
        Assert.Equal(429, await PostAsync(Recording)); // these may still be from Eyeson
        Assert.Equal(1, _log.Count(8005));

        _files.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(204, await PostAsync(Recording));
        Assert.Equal(408, await first);
        Assert.False(second.IsCompleted);
        _files.Time.Advance(_options.BodyTimeout);
        Assert.Equal(408, await second);
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_SlowBodiesOfOneAccount_LeaveTheSlotsOfOthers()
    {
        _options.MaxConcurrentPerAccount = 2;
        var slow = new List<Task<int>> { PostAsync(new Pipe().Reader.AsStream(), "second"), PostAsync(new Pipe().Reader.AsStream(), "SECOND") };
        await _files.Time.WhenArmedAsync(2, Cancelled);

        Assert.Equal(429, await PostAsync(Recording, account: "second", signature: Sign(Recording, "second-key")));
        Assert.Equal(204, await PostAsync(Recording));

        _files.Time.Advance(_options.BodyTimeout);
        Assert.All(await Task.WhenAll(slow), status => Assert.Equal(408, status));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_StoreTakesNothing_IsAskedToComeAgainAndLeavesNothing()
    {
        var release = await SqliteFixture.OccupyAsync(_store);

        var answer = PostAsync(Recording);
        await _files.Time.WhenArmedAsync(1, Cancelled);
        _files.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(503, await answer);
        release.Set();
        await _store.ProbeAsync(Cancelled);
        Assert.Empty(await _store.ReadInboxAsync("room", Cancelled));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("""{"type":"recording_update","recording":{"id":"rec"}}""")]
    [InlineData("""{"type":"something_new","room":{"id":"room"}}""")]
    [InlineData("""{"\ud83d and more":1,"timestamp":1,"type":"something_new","room":{"id":"room"}}""")] // half of a surrogate pair
    [InlineData("no json")]
    [InlineData("")]
    public async Task Post_LeadsToNothing_IsTakenAllTheSameAndTold(string body)
    {
        Assert.Equal(204, await PostAsync(body)); // refused, Eyeson would send it again and again

        Assert.Empty(await _store.ListRoomsAsync(Cancelled));
        Assert.Equal(1, _receiverLog.Count(8002));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_RoomOfAnotherAccount_LeadsToNothing()
    {
        await _store.RegisterRoomAsync(new RoomRegistration("room", "second", IntentSources.Command, WaitUntil: null, _files.Time.GetUtcNow()), Cancelled);

        Assert.Equal(204, await PostAsync(Recording));

        Assert.Empty(await _store.ReadInboxAsync("room", Cancelled));
        Assert.Equal(1, _receiverLog.Count(8003));

        Assert.Equal(204, await PostAsync("""{"type":"room_update","room":{"id":"room","ready":true}}"""));

        Assert.Equal([IntentSources.Command], (await _store.FindRoomAsync("room", Cancelled))!.WantedBy);
        Assert.Equal(2, _receiverLog.Count(8003));
    }

    [Fact(Timeout = 60_000)]
    public async Task Post_MeetingStoppedByACommand_StaysStopped()
    {
        const string Body = """{"type":"room_update","room":{"id":"room","ready":true,"started_at":"2026-01-01T12:00:00Z"}}""";
        await PostAsync(Body);
        await _store.UnregisterRoomAsync("room", IntentSources.Command, Cancelled);

        Assert.Equal(204, await PostAsync(Body));

        Assert.False((await _store.FindRoomAsync("room", Cancelled))!.IsWanted);
        Assert.Equal(ObservationStatus.Waiting, (await _store.FindRoomAsync("room", Cancelled))!.Status); // nobody has ended it here
    }

    private static string Sign(string body, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(body)));

    private async Task<int> PostAsync(string body, string account = "default", string? signature = null, bool saysLength = true)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var stream = new MemoryStream(bytes);
        return await PostAsync(stream, account, signature ?? Sign(body, Key), saysLength ? bytes.Length : null);
    }

    private async Task<int> PostAsync(Stream body, string account = "default", string? signature = null, int? length = null)
    {
        var http = new DefaultHttpContext { RequestAborted = Cancelled };
        http.Request.Body = body;
        http.Request.ContentLength = length;
        http.Request.Headers[WebhookSignature.Header] = signature;
        return Assert.IsAssignableFrom<IStatusCodeHttpResult>(await _endpoint.HandleAsync(account, http)).StatusCode!.Value;
    }
}
