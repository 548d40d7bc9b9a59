using System.Net;
using System.Net.Sockets;
using EyesonBridge.Eyeson.Observer;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;
using Microsoft.AspNetCore.Http;

namespace EyesonBridge.Eyeson.Tests.Rest;

public sealed class EyesonRestClientTests : IDisposable
{
    private const string Key = "secret/key=";
    private readonly HttpClient _http = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task GetRoomsAsync_Ok_GivesTheRoomsAndSendsTheBareKey()
    {
        await using var server = await RestServer.AnswerAsync(200, """
            [{"id":"r1","name":"One","ready":true,"started_at":"2023-12-11T09:48:32.031Z","shutdown":false,"guest_token":"SECRET"},{"id":2}]
            """);

        var rooms = await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.True(rooms.IsOk);
        Assert.Equal(
            [
                new RunningRoom
                {
                    Id = "r1",
                    Name = "One",
                    Ready = true,
                    StartedAt = new DateTimeOffset(2023, 12, 11, 9, 48, 32, 31, TimeSpan.Zero),
                    Shutdown = false,
                    GuestToken = "SECRET",
                },
                new RunningRoom { Id = "2" },
            ],
            rooms.Value);
        Assert.Equal([$"GET /rooms [{Key}]"], server.Requests);
        Assert.DoesNotContain("SECRET", rooms.Value[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetRoomsAsync_NoRooms_GivesAnEmptyList()
    {
        await using var server = await RestServer.AnswerAsync(200, "[]");

        Assert.Empty((await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken)).Value!);
    }

    [Fact]
    public async Task GetRecordingAsync_Ok_GivesTheRecording()
    {
        await using var server = await RestServer.AnswerAsync(200, """
            {"id":"rec","created_at":1702288218,"duration":5,"links":{"self":"s","download":"SECRET"},"user":{"id":"u"},"room":{"id":"r1"}}
            """);

        var recording = await Client(new Uri(server.Url, "/base/")).GetRecordingAsync("a/b c", TestContext.Current.CancellationToken);

        Assert.Equal(
            new Recording
            {
                Id = "rec",
                CreatedAt = DateTimeOffset.FromUnixTimeSeconds(1702288218),
                Duration = 5,
                Links = new() { Self = "s", Download = "SECRET" },
                User = new() { Id = "u" },
                Room = new() { Id = "r1" },
            },
            recording.Value);
        Assert.Equal([$"GET /base/recordings/a%2Fb%20c [{Key}]"], server.Requests);
        Assert.DoesNotContain("SECRET", recording.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, RestOutcome.KeyRefused)]
    [InlineData(403, RestOutcome.KeyRefused)]
    [InlineData(404, RestOutcome.NotFound)]
    [InlineData(429, RestOutcome.TooManyRequests)]
    [InlineData(500, RestOutcome.ServerError)]
    [InlineData(503, RestOutcome.ServerError)]
    [InlineData(400, RestOutcome.Invalid)]
    [InlineData(422, RestOutcome.Invalid)]
    [InlineData(410, RestOutcome.Gone)]
    [InlineData(423, RestOutcome.Locked)]
    [InlineData(418, RestOutcome.UnexpectedStatus)]
    public async Task GetRecordingAsync_AnotherStatus_IsItsOutcome(int status, RestOutcome expected)
    {
        await using var server = await RestServer.AnswerAsync(status, "no");

        var result = await Client(server.Url).GetRecordingAsync("rec", TestContext.Current.CancellationToken);

        Assert.Equal((expected, status, false), (result.Outcome, result.Status, result.IsOk));
        Assert.Null(result.RetryAfter);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Thu, 01 Jan 2026 12:01:00 GMT", 60)]
    [InlineData("Thu, 01 Jan 2026 11:00:00 GMT", 0)]
    [InlineData("soon", null)]
    public async Task GetRoomsAsync_TooManyRequests_SaysHowLongToWait(string header, int? seconds)
    {
        await using var server = await RestServer.AnswerAsync(429, "", ("Retry-After", header));

        var result = await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(RestOutcome.TooManyRequests, result.Outcome);
        Assert.Equal(seconds, (int?)result.RetryAfter?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""["x"]""")]
    [InlineData("""[null]""")]
    [InlineData("[")]
    public async Task GetRoomsAsync_AnotherBody_IsUnreadable(string body)
    {
        await using var server = await RestServer.AnswerAsync(200, body);

        var result = await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Equal((RestOutcome.Unreadable, 200), (result.Outcome, result.Status));
    }

    [Fact]
    public async Task GetRoomsAsync_BodyWithoutEnd_IsUnreadable()
    {
        await using var server = await RestServer.StartAsync(async context =>
        {
            var block = new byte[1024 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block, context.RequestAborted);
        });

        Assert.Equal(RestOutcome.Unreadable, (await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task GetRoomsAsync_ConnectionBreaks_IsUnreachable()
    {
        await using var server = await RestServer.StartAsync(async context =>
        {
            await context.Response.WriteAsync("[");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Equal(RestOutcome.Unreachable, (await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken)).Outcome);
    }

    [Fact]
    public async Task GetRoomsAsync_NobodyListens_IsUnreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var result = await Client(new Uri($"http://127.0.0.1:{port}")).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(RestOutcome.Unreachable, result.Outcome);
        Assert.NotEmpty(result.Reason!);
        Assert.DoesNotContain(Key, result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetRoomsAsync_NoAnswerInTime_IsUnreachable()
    {
        var asked = new TaskCompletionSource();
        await using var server = await RestServer.StartAsync(context => Never(context, asked));

        var call = Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);
        await asked.Task;
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((RestOutcome.Unreachable, "No answer within 10 s."), ((await call).Outcome, (await call).Reason));
    }

    [Fact]
    public async Task GetRoomsAsync_CallerCancels_Throws()
    {
        var asked = new TaskCompletionSource();
        await using var server = await RestServer.StartAsync(context => Never(context, asked));
        using var cancel = new CancellationTokenSource();

        var call = Client(server.Url).GetRoomsAsync(cancel.Token);
        await asked.Task;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task GetRecordingAsync_IdThatIsAPath_IsNotFoundWithoutARequest(string id)
    {
        await using var server = await RestServer.AnswerAsync(200, "{}");

        Assert.Equal(RestOutcome.NotFound, (await Client(server.Url).GetRecordingAsync(id, TestContext.Current.CancellationToken)).Outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public void Constructor_WithWhatCannotWork_ThrowsWithoutTheKey()
    {
        var options = new EyesonRestOptions { Url = new Uri("https://api.eyeson.team"), ApiKey = "SECRET\nKEY" };

        var error = Assert.Throws<ArgumentException>(() => new EyesonRestClient(_http, options));

        Assert.DoesNotContain("SECRET", error.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EyesonRestClient(_http, options with { ApiKey = "key", Url = new Uri("ftp://x") }));
        Assert.DoesNotContain("SECRET", options.ToString(), StringComparison.Ordinal);
    }

    private static Task Never(HttpContext context, TaskCompletionSource asked)
    {
        asked.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
    }

    private EyesonRestClient Client(Uri url) => new(_http, new EyesonRestOptions { Url = url, ApiKey = Key, Retries = 0 }, _clock);
}
