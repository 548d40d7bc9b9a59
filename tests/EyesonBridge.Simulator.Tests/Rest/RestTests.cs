using System.Net;
using System.Text.Json;
using EyesonBridge.Testing;

namespace EyesonBridge.Simulator.Tests.Rest;

public sealed class RestTests : IAsyncLifetime
{
    private static readonly SimulatedUser Alice = new("alice@example.com", "Alice");

    private readonly ManualTimeProvider _clock = new(DateTimeOffset.FromUnixTimeSeconds(1_702_288_218));
    private readonly HttpClient _http = new();
    private EyesonSimulator _simulator = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await EyesonSimulator.StartAsync(
            new SimulatorOptions { TimeProvider = _clock, ApiKeys = ["demo-key", "second-key"] },
            TestContext.Current.CancellationToken);
        _http.BaseAddress = _simulator.Url;
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "demo-key");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Rooms_WithTheKey_ListsWhatRunsUnderIt()
    {
        _simulator.CreateRoom("running", "Running");
        _simulator.CreateRoom("over").Shutdown();
        _simulator.CreateRoom("foreign", apiKey: "second-key");

        var room = Assert.Single((await GetAsync("/rooms")).EnumerateArray());

        Assert.Equal(
            ["id", "name", "ready", "started_at", "shutdown", "guest_token"],
            room.EnumerateObject().Select(static property => property.Name),
            StringComparer.Ordinal);
        Assert.Equal("running", room.GetProperty("id").GetString());
        Assert.Equal("Running", room.GetProperty("name").GetString());
        Assert.Equal("2023-12-11T09:50:18.000Z", room.GetProperty("started_at").GetString());
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task Rooms_WithoutAKey_IsUnauthorized(string? key)
    {
        _http.DefaultRequestHeaders.Remove("Authorization");
        if (key is not null)
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", key);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/rooms"));
        Assert.Equal(1, _simulator.Counters.RestRequestsOf("/rooms"));
    }

    [Fact]
    public async Task Recording_InEachPhase_ShowsDurationAndDownload()
    {
        var room = _simulator.CreateRoom("room");
        room.Join(Alice);
        var id = room.StartRecording();
        var started = await GetAsync($"/recordings/{id}");
        _clock.Advance(TimeSpan.FromSeconds(5));
        room.StopRecording();
        var stopped = await GetAsync($"/recordings/{id}");
        room.FinishRecording();
        var finished = await GetAsync($"/recordings/{id}");

        Assert.Equal(JsonValueKind.Null, started.GetProperty("duration").ValueKind);
        Assert.Equal(1_702_288_218, started.GetProperty("created_at").GetInt64());
        Assert.Equal(5, stopped.GetProperty("duration").GetInt64());
        Assert.Equal(JsonValueKind.Null, stopped.GetProperty("links").GetProperty("download").ValueKind);
        Assert.StartsWith(
            "https://fs.eyeson.test/", finished.GetProperty("links").GetProperty("download").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            new Uri(_simulator.Url, $"recordings/{id}").AbsoluteUri,
            finished.GetProperty("links").GetProperty("self").GetString());
    }

    [Fact]
    public async Task Recording_StoppedByTheEndOfTheMeeting_FinishesOnlyHere()
    {
        var room = _simulator.CreateRoom("room");
        var id = room.StartRecording();
        _clock.Advance(TimeSpan.FromSeconds(7));
        room.Shutdown();
        var sent = room.Sent.Count;

        var stopped = await GetAsync($"/recordings/{id}");
        room.FinishRecording(id);
        var finished = await GetAsync($"/recordings/{id}");

        Assert.Equal(7, stopped.GetProperty("duration").GetInt64());
        Assert.Equal(JsonValueKind.Null, stopped.GetProperty("links").GetProperty("download").ValueKind);
        Assert.Equal(JsonValueKind.String, finished.GetProperty("links").GetProperty("download").ValueKind);
        Assert.True(finished.GetProperty("room").GetProperty("shutdown").GetBoolean());
        Assert.Equal(sent, room.Sent.Count);
    }

    [Fact]
    public async Task Recording_UnknownOrForeign_IsNotFound()
    {
        var foreign = _simulator.CreateRoom("foreign", apiKey: "second-key").StartRecording();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/recordings/6576db593df56e00150ae3ce"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync($"/recordings/{foreign}"));
    }

    [Fact]
    public async Task Recordings_OfARoomUsedAgain_CanBeNarrowedToAMeetingAndATime()
    {
        var first = _simulator.CreateRoom("room");
        var early = first.StartRecording();
        first.Shutdown();
        _clock.Advance(TimeSpan.FromMinutes(10));
        var second = _simulator.CreateRoom("room");
        var late = second.StartRecording();

        Assert.Equal([late, early], await IdsAsync("/rooms/room/recordings"), StringComparer.Ordinal);
        Assert.Equal([late], await IdsAsync("/rooms/room/recordings?started_at=2023-12-11T10:00:18.000Z"), StringComparer.Ordinal);
        Assert.Equal([late], await IdsAsync("/rooms/room/recordings?since=2023-12-11T09:55:00Z"), StringComparer.Ordinal);
        Assert.Equal([early], await IdsAsync("/rooms/room/recordings?until=2023-12-11T09:55:00Z"), StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/rooms/room/recordings?since=yesterday"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/rooms/other/recordings"));
    }

    [Fact]
    public async Task Snapshots_MoreThanAPage_ComeInPagesOf25()
    {
        var room = _simulator.CreateRoom("room");
        var taken = Enumerable.Range(0, 30).Select(_ => room.TakeSnapshot()).Reverse().ToList();

        Assert.Equal(taken[..25], await IdsAsync("/rooms/room/snapshots"), StringComparer.Ordinal);
        Assert.Equal(taken[25..], await IdsAsync("/rooms/room/snapshots?page=2"), StringComparer.Ordinal);
        Assert.Empty(await IdsAsync("/rooms/room/snapshots?page=3"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync("/rooms/room/snapshots?page=0"));
        Assert.Equal(taken[0], (await GetAsync($"/snapshots/{taken[0]}")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Users_OnlineOnly_LeavesOutWhoWent()
    {
        var room = _simulator.CreateRoom("room");
        room.Join(Alice);
        room.Join(new SimulatedUser("bob@example.com", "Bob"));
        room.Leave("bob@example.com");

        Assert.Equal([Alice.Id], await IdsAsync("/rooms/room/users?online=true"), StringComparer.Ordinal);
        Assert.Equal([Alice.Id, "bob@example.com"], await IdsAsync("/rooms/room/users"), StringComparer.Ordinal);
        room.Shutdown();
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/rooms/room/users"));
    }

    [Fact]
    public async Task RestStatus_OfARoom_CountsForWhatBelongsToIt()
    {
        var room = _simulator.CreateRoom("room");
        var recording = room.StartRecording();
        room.Faults.RestStatus = 503;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync($"/recordings/{recording}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/rooms/room/users"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/rooms"));
        _simulator.Faults.RestStatus = 500;
        Assert.Equal(HttpStatusCode.InternalServerError, await StatusAsync("/rooms"));
        _simulator.Faults.Reset();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/rooms"));
    }

    private async Task<JsonElement> GetAsync(string path) =>
        JsonElement.Parse(await _http.GetStringAsync(path, TestContext.Current.CancellationToken));

    private async Task<IReadOnlyList<string>> IdsAsync(string path) =>
        [.. (await GetAsync(path)).EnumerateArray().Select(static item => item.GetProperty("id").GetString()!)];

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
