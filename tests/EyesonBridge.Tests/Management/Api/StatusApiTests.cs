using System.Net;
using System.Text.Json;
using EyesonBridge.Storage;
using EyesonBridge.Testing.Processes;
using EyesonBridge.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EyesonBridge.Tests.Management.Api;

public sealed class StatusApiTests
{
    private static readonly IReadOnlyDictionary<string, string?> TwoAccounts =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["Eyeson:Accounts:second:ApiKey"] = "second-key" };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Status_RunningBridge_TellsHealthOutboxEventsGapsAndRooms()
    {
        await using var bridge = await StartAsync("one", "two");

        var (code, status) = await GetAsync(bridge, "/api/status");

        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(["accounts", "bus", "publishing", "routing", "store"], status.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.Equal("healthy", status.GetProperty("checks")[4].GetProperty("health").GetString());
        Assert.Equal((60, 10), (status.GetProperty("events").GetProperty("slots").GetArrayLength(), status.GetProperty("events").GetProperty("slotSeconds").GetInt32()));
        Assert.Equal(0, status.GetProperty("outbox").GetProperty("oldestSeconds").GetDouble());
        Assert.Equal((0, 0), (status.GetProperty("gaps").GetProperty("lastHour").GetInt64(), status.GetProperty("gaps").GetProperty("now").GetInt32()));
        Assert.Equal(2, status.GetProperty("rooms").GetInt32());
        var replica = Assert.Single(status.GetProperty("replicas").EnumerateArray());
        Assert.Equal((status.GetProperty("replica").GetString(), true), (replica.GetProperty("name").GetString(), replica.GetProperty("isThis").GetBoolean()));
        Assert.Equal(2, status.GetProperty("roomsByStatus").EnumerateObject().Sum(count => count.Value.GetInt32()));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", "a b c d", 4)]
    [InlineData("limit=2", "a b", 4)]
    [InlineData("limit=2&after=b", "c d", 4)]
    [InlineData("limit=1&after=c", "d", 4)]
    [InlineData("account=SECOND", "b d", 2)]
    [InlineData("q=C", "b c d", 3)] // in a room's id, and in "second"
    [InlineData("state=waiting,connecting", "a b c d", 4)]
    [InlineData("state=waiting&state=connecting&account=second", "b d", 2)]
    [InlineData("state=ended", "", 0)]
    public async Task Rooms_Filters_PageByPage(string query, string expected, int found)
    {
        await using var bridge = await StartAsync("a", "second/b", "c", "second/d");

        var (code, page) = await GetAsync(bridge, $"/api/rooms?{query}");

        var items = page.GetProperty("items").EnumerateArray().Select(room => room.GetProperty("roomId").GetString()).ToList();
        Assert.Equal((HttpStatusCode.OK, expected), (code, string.Join(' ', items)));
        Assert.Equal((found, 4), (page.GetProperty("found").GetInt32(), page.GetProperty("total").GetInt32()));
        Assert.Equal(expected.EndsWith('d') || items.Count == 0 ? null : items[^1], page.GetProperty("next").GetString());
    }

    [Theory(Timeout = 60_000)]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=many", "limit")]
    [InlineData("state=observing,gone", "waiting, connecting, observing, interrupted, ended, rejected")]
    [InlineData("state=1", "state")]
    [InlineData("q=TOO-LONG", "q must not be longer than 256")]
    [InlineData("after=%00", "after must not have a NUL")]
    public async Task Rooms_WrongParameter_SaysWhatIsWrong(string query, string says)
    {
        await using var bridge = await StartAsync();

        var (code, problem) = await GetAsync(bridge, $"/api/rooms?{query.Replace("TOO-LONG", new string('x', 257), StringComparison.Ordinal)}");

        Assert.Equal(HttpStatusCode.BadRequest, code);
        Assert.Contains(says, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("room")]
    [InlineData("a/b")]
    [InlineData("a%2Fb?c#d é")]
    public async Task Room_IdOfAnyKind_IsFound(string roomId)
    {
        await using var bridge = await StartAsync(roomId);

        var (code, room) = await GetAsync(bridge, $"/api/rooms/{Uri.EscapeDataString(roomId)}");

        Assert.Equal((HttpStatusCode.OK, roomId), (code, room.GetProperty("room").GetProperty("roomId").GetString()));
        Assert.Equal(["command"], room.GetProperty("room").GetProperty("wantedBy").EnumerateArray().Select(source => source.GetString()));
        Assert.Equal((0, JsonValueKind.Array), (room.GetProperty("meeting").GetProperty("participants").GetInt32(), room.GetProperty("events").ValueKind));
    }

    [Fact(Timeout = 60_000)]
    public async Task Room_Unknown_SaysSo()
    {
        await using var bridge = await StartAsync("room");

        var (code, problem) = await GetAsync(bridge, "/api/rooms/another");
        using var impossible = await bridge.GetAsync("/room?id=%00", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, impossible.StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, code);
        Assert.Contains("There is no room 'another'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("/api/status")]
    [InlineData("/api/rooms")]
    [InlineData("/api/rooms/room")]
    [InlineData("/api/openapi.json")]
    [InlineData("/room?id=room")]
    public async Task Anything_IsReadOnlyNotCachedAndWithoutSecrets(string path)
    {
        await using var bridge = await StartAsync("room");
        using var http = new HttpClient();

        using var posted = await http.PostAsync(new Uri(new Uri(bridge.Bridge.Urls.First()), path), new StringContent(""), Cancelled);
        using var read = await bridge.GetAsync(path, Cancelled);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.OK), (posted.StatusCode, read.StatusCode));
        Assert.True(read.Headers.CacheControl?.NoStore);
        Assert.DoesNotContain("a-key", await read.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Rooms_ThatAreOverWhileTheBrokerIsAway_TellSinceWhenTheirEventsWait()
    {
        await using var bridge = await BridgeFixture.StartAsync(
            Cancelled,
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Bus:Transport"] = "RabbitMq", ["Bus:Url"] = "amqp://guest:guest@127.0.0.1:9" });
        var store = bridge.Bridge.Services.GetRequiredService<IBridgeStore>();
        var now = TimeProvider.System.GetUtcNow();
        await store.RegisterRoomAsync(new RoomRegistration("a", "default", IntentSources.Command, now.AddHours(1), now), Cancelled);
        await RoomAsync(static room => room.GetProperty("status").GetString() is not "waiting"); // it is somebody's

        await store.UnregisterRoomAsync("a", IntentSources.Command, Cancelled);
        await RoomAsync(static room => room.GetProperty("status").GetString() is "ended" && room.GetProperty("lagSeconds").GetDouble() > 0);

        async Task RoomAsync(Func<JsonElement, bool> isSo)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            while (!isSo((await GetAsync(bridge, "/api/rooms")).Json.GetProperty("items")[0]))
                await tick.WaitForNextTickAsync(Cancelled);
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task OpenApi_IsTheOneInTheDocumentation()
    {
        await using var bridge = await StartAsync();

        using var answer = await bridge.GetAsync("/api/openapi.json", Cancelled);

        // curl http://127.0.0.1:8080/api/openapi.json > docs/openapi.json
        Assert.Equal(
            (await File.ReadAllTextAsync(RepositoryRoot.PathTo("docs", "openapi.json"), Cancelled)).TrimEnd(),
            (await answer.Content.ReadAsStringAsync(Cancelled)).TrimEnd(),
            ignoreLineEndingDifferences: true);
    }

    /// <param name="rooms">Rooms that are wanted, with the account before a slash if it is the second.</param>
    private static async Task<BridgeFixture> StartAsync(params string[] rooms)
    {
        var bridge = await BridgeFixture.StartAsync(Cancelled, TwoAccounts);
        var store = bridge.Bridge.Services.GetRequiredService<IBridgeStore>();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var room in rooms)
        {
            var isSecond = room.StartsWith("second/", StringComparison.Ordinal);
            await store.RegisterRoomAsync(
                new RoomRegistration(isSecond ? room["second/".Length..] : room, isSecond ? "second" : "default", IntentSources.Command, now.AddHours(1), now), Cancelled);
        }

        return bridge;
    }

    private static async Task<(HttpStatusCode Code, JsonElement Json)> GetAsync(BridgeFixture bridge, string path)
    {
        using var answer = await bridge.GetAsync(path, Cancelled);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).RootElement);
    }
}
