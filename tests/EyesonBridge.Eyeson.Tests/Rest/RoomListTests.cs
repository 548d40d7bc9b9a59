using System.Globalization;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using Microsoft.AspNetCore.Http;

namespace EyesonBridge.Eyeson.Tests.Rest;

/// <summary>Lists that come in pages.</summary>
public sealed class RoomListTests : IDisposable
{
    private readonly HttpClient _http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(24, 1)]
    [InlineData(25, 2)]
    [InlineData(60, 3)]
    public async Task GetRoomSnapshotsAsync_SoMany_AsksForAllPages(int count, int pages)
    {
        await using var server = await RestServer.StartAsync(context => AnswerAsync(context, page => Ids(count).Skip((page - 1) * 25).Take(25)));

        var snapshots = await Client(server).GetRoomSnapshotsAsync("a/b", since: null, Cancelled);

        Assert.Equal(Ids(count), snapshots.Value!.Select(snapshot => snapshot.Id));
        Assert.Equal(Enumerable.Range(1, pages).Select(page => $"GET /rooms/a%2Fb/snapshots?page={page} [key]"), server.Requests);
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(25, 2)]
    [InlineData(60, 3)]
    public async Task GetRoomsAsync_SoMany_AsksForAllPages(int count, int pages)
    {
        await using var server = await RestServer.StartAsync(context => AnswerAsync(context, page => Ids(count).Skip((page - 1) * 25).Take(25)));

        var rooms = await Client(server).GetRoomsAsync(Cancelled);

        Assert.Equal(Ids(count), rooms.Value!.Select(room => room.Id));
        Assert.Equal(
            Enumerable.Range(1, pages).Select(page => page == 1 ? "GET /rooms [key]" : $"GET /rooms?page={page} [key]"), server.Requests);
    }

    /// <summary>Who takes a part of the list for all of it takes the other meetings for over.</summary>
    [Fact]
    public async Task GetRoomsAsync_ListWithoutAnEnd_IsNoList()
    {
        await using var server = await RestServer.StartAsync(context => AnswerAsync(context, page => Ids(page * 25).Skip((page - 1) * 25)));

        var rooms = await Client(server).GetRoomsAsync(Cancelled);

        Assert.Equal((RestOutcome.Unreadable, false, "The list has more than 25000 entries."), (rooms.Outcome, rooms.IsOk, rooms.Reason));
    }

    [Fact]
    public async Task GetRoomsAsync_PagesOfManyBytes_EndSoon()
    {
        var padding = new string('x', 40_000);
        await using var server = await RestServer.StartAsync(context => AnswerAsync(context, page => Enumerable.Range(page * 25, 25).Select(number => $"{number}-{padding}")));

        var rooms = await Client(server).GetRoomsAsync(Cancelled);

        Assert.Equal((RestOutcome.Unreadable, "The list does not end."), (rooms.Outcome, rooms.Reason));
        Assert.InRange(server.Requests.Count, 20, 40);
    }

    [Fact]
    public async Task GetRoomsAsync_ListInOnePiece_StopsAtTheFirstRepeat()
    {
        await using var server = await RestServer.StartAsync(context => AnswerAsync(context, _ => Ids(60)));

        Assert.Equal(Ids(60), (await Client(server).GetRoomsAsync(Cancelled)).Value!.Select(room => room.Id));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task GetRoomRecordingsAsync_Since_SaysSoInUtc()
    {
        await using var server = await RestServer.AnswerAsync(200, """[{"id":"r","created_at":1702288218,"duration":5,"links":{"download":"https://example.com/r"}}]""");

        var recordings = await Client(server).GetRoomRecordingsAsync(
            "room", new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2)), Cancelled);

        Assert.Equal(
            new Recording { Id = "r", CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1702288218), Duration = 5, Links = new() { Download = "https://example.com/r" } },
            Assert.Single(recordings.Value!));
        Assert.Equal(["GET /rooms/room/recordings?page=1&since=2026-01-02T01:04:05.678Z [key]"], server.Requests);
    }

    [Fact]
    public async Task GetRoomSnapshotsAsync_ServerThatIgnoresThePage_StopsAtTheFirstRepeat()
    {
        var call = 0;
        await using var server = await RestServer.StartAsync(context =>
        {
            var signature = Interlocked.Increment(ref call); // each call has its own download addresses
            return context.Response.WriteAsync($"[{string.Join(',', Ids(25).Select(id => $$$"""{"id":"{{{id}}}","links":{"download":"https://x/{{{signature}}}"}}"""))}]");
        });

        var snapshots = await Client(server).GetRoomSnapshotsAsync("room", since: null, Cancelled);

        Assert.Equal(Ids(25), snapshots.Value!.Select(snapshot => snapshot.Id));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task GetRoomSnapshotsAsync_NewOneBetweenTwoPages_GivesEachOnce()
    {
        await using var server = await RestServer.StartAsync(context => AnswerAsync(
            context, page => page == 1 ? Ids(26).Skip(1) : ["24", "25"])); // "25" moved on when a newer one came

        var snapshots = await Client(server).GetRoomSnapshotsAsync("room", since: null, Cancelled);

        Assert.Equal(Ids(26).Skip(1), snapshots.Value!.Select(snapshot => snapshot.Id));
    }

    [Fact]
    public async Task GetRoomSnapshotsAsync_EntriesWithoutIds_DoNotGoOnForEver()
    {
        await using var server = await RestServer.AnswerAsync(200, $"[{string.Join(',', Enumerable.Repeat("{}", 25))}]");

        Assert.Equal(25, (await Client(server).GetRoomSnapshotsAsync("room", since: null, Cancelled)).Value!.Count);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(401, RestOutcome.KeyRefused)]
    [InlineData(404, RestOutcome.NotFound)]
    [InlineData(503, RestOutcome.ServerError)]
    public async Task GetRoomRecordingsAsync_ErrorOnALaterPage_IsItsOutcome(int status, RestOutcome expected)
    {
        await using var server = await RestServer.StartAsync(context =>
        {
            if (Page(context) == 1)
                return AnswerAsync(context, _ => Ids(25));
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var recordings = await Client(server).GetRoomRecordingsAsync("room", since: null, Cancelled);

        Assert.Equal((expected, false), (recordings.Outcome, recordings.IsOk));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[7]")]
    [InlineData("""[{"\ud83d":7}]""")]
    public async Task GetRoomRecordingsAsync_AnotherBody_IsUnreadable(string body)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        Assert.Equal(RestOutcome.Unreadable, (await Client(server).GetRoomRecordingsAsync("room", since: null, Cancelled)).Outcome);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task GetRoomRecordingsAsync_RoomThatIsAPath_IsNotFoundWithoutARequest(string room)
    {
        await using var server = await RestServer.AnswerAsync(200, "[]");

        Assert.Equal(RestOutcome.NotFound, (await Client(server).GetRoomRecordingsAsync(room, since: null, Cancelled)).Outcome);
        Assert.Empty(server.Requests);
    }

    private static IEnumerable<string> Ids(int count) =>
        Enumerable.Range(0, count).Select(number => number.ToString(CultureInfo.InvariantCulture));

    private static int Page(HttpContext context) => int.Parse(context.Request.Query["page"].FirstOrDefault() ?? "1", CultureInfo.InvariantCulture);

    private static Task AnswerAsync(HttpContext context, Func<int, IEnumerable<string>> ids) =>
        context.Response.WriteAsync($"[{string.Join(',', ids(Page(context)).Select(id => $$"""{"id":"{{id}}"}"""))}]");

    private EyesonRestClient Client(RestServer server) => new(_http, new EyesonRestOptions { Url = server.Url, ApiKey = "key", Retries = 0 });
}
