using System.Net;
using System.Net.Sockets;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Testing;
using Microsoft.AspNetCore.Http;

namespace EyesonBridge.Eyeson.Tests.Rest;

public sealed class RestRetryTests : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Get_FailsTwice_IsTriedAThirdTime(int status)
    {
        await using var server = await StatusesAsync(status, status, 200);

        var rooms = await AdvanceAsync(Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken));

        Assert.True(rooms.IsOk);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Get_FailsForEver_IsTriedThreeTimes()
    {
        await using var server = await RestServer.AnswerAsync(503);

        var rooms = await AdvanceAsync(Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken));

        Assert.Equal((RestOutcome.ServerError, 3), (rooms.Outcome, server.Requests.Count));
    }

    [Fact]
    public async Task Get_ConnectionBreaks_IsTriedAgain()
    {
        var tries = 0;
        await using var server = await RestServer.StartAsync(context =>
        {
            if (Interlocked.Increment(ref tries) > 1)
                return context.Response.WriteAsync("[]");
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.True((await AdvanceAsync(Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken))).IsOk);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(423)]
    public async Task Get_RefusedForGood_IsNotRepeated(int status)
    {
        await using var server = await RestServer.AnswerAsync(status);

        await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Get_SwitchedOff_IsNotRepeated()
    {
        await using var server = await RestServer.AnswerAsync(503);

        await Client(server.Url, retries: 0).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task PutAndDelete_FailOnce_AreTriedAgain()
    {
        await using var put = await StatusesAsync(503, 200);
        await using var delete = await StatusesAsync(503, 204);

        await AdvanceAsync(Client(put.Url).UpdatePermalinkAsync("p", new() { Name = "n" }, TestContext.Current.CancellationToken));
        var deleted = await AdvanceAsync(Client(delete.Url).DeletePermalinkAsync("p", TestContext.Current.CancellationToken));

        Assert.Equal(["name=n", "name=n"], put.Bodies.Select(static body => body.Split(": ")[1]), StringComparer.Ordinal);
        Assert.True(deleted.IsOk);
    }

    [Fact]
    public async Task Delete_GoneAtTheSecondTry_WasDoneByTheFirst()
    {
        await using var again = await StatusesAsync(503, 404);
        await using var unknown = await RestServer.AnswerAsync(404);

        Assert.True((await AdvanceAsync(Client(again.Url).DeleteWebhookAsync("w", TestContext.Current.CancellationToken))).IsOk);
        Assert.Equal(RestOutcome.NotFound, (await Client(unknown.Url).DeleteWebhookAsync("w", TestContext.Current.CancellationToken)).Outcome);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(0)]
    public async Task Post_Fails_IsNeverRepeated(int status)
    {
        await using var server = await RestServer.StartAsync(context =>
        {
            if (status == 0)
                context.Abort();
            else
                context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var permalinks = new EyesonPermalinkClient(_http, server.Url, clock: _clock);

        await permalinks.StartMeetingAsync("t", TestContext.Current.CancellationToken);
        await permalinks.CreateGuestAsync("t", new() { Name = "Ada" }, TestContext.Current.CancellationToken);
        await Client(server.Url).CreatePermalinkAsync(new(), TestContext.Current.CancellationToken);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Post_NothingSent_IsTriedAgain()
    {
        var call = new EyesonPermalinkClient(_http, Nobody(), clock: _clock).StartMeetingAsync("SECRET", TestContext.Current.CancellationToken);
        await _clock.WhenArmedAsync(2, TestContext.Current.CancellationToken); // the time-out and the wait
        Assert.False(call.IsCompleted);

        var result = await AdvanceAsync(call);

        Assert.Equal(RestOutcome.Unreachable, result.Outcome);
        Assert.DoesNotContain("SECRET", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_WithRetryAfter_WaitsThatLong()
    {
        await using var server = await StatusesAsync(header: "5", 429, 200);
        var call = Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);
        await _clock.WhenArmedAsync(2, TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(call.IsCompleted);
        Assert.Single(server.Requests);
        _clock.Advance(TimeSpan.FromSeconds(0.6));

        Assert.True((await call).IsOk);
    }

    [Fact]
    public async Task Get_WithALongRetryAfter_AnswersAtOnce()
    {
        await using var server = await StatusesAsync(header: "11", 429, 200);

        var rooms = await Client(server.Url).GetRoomsAsync(TestContext.Current.CancellationToken);

        Assert.Equal((RestOutcome.TooManyRequests, TimeSpan.FromSeconds(11)), (rooms.Outcome, rooms.RetryAfter));
    }

    [Fact]
    public async Task Get_CancelledWhileWaiting_Throws()
    {
        await using var server = await RestServer.AnswerAsync(503);
        using var cancel = new CancellationTokenSource();
        var call = Client(server.Url).GetRoomsAsync(cancel.Token);
        await _clock.WhenArmedAsync(2, TestContext.Current.CancellationToken);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Theory]
    [InlineData(0, null, 0.25, 0.5)]
    [InlineData(1, null, 0.75, 1.5)]
    [InlineData(0, 5, 5, 5.5)]
    public void Wait_AfterEachTry_IsSpread(int attempt, int? retryAfter, double least, double most)
    {
        var asked = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;

        Assert.Equal(TimeSpan.FromSeconds(least), RestRetry.Wait(attempt, asked, 0));
        Assert.Equal(TimeSpan.FromSeconds(most), RestRetry.Wait(attempt, asked, 1));
    }

    private static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}");
    }

    private static Task<RestServer> StatusesAsync(params int[] statuses) => StatusesAsync(header: null, statuses);

    private static Task<RestServer> StatusesAsync(string? header, params int[] statuses)
    {
        var tries = -1;
        return RestServer.StartAsync(context =>
        {
            var status = statuses[Interlocked.Increment(ref tries)];
            context.Response.StatusCode = status;
            if (header is not null)
                context.Response.Headers.RetryAfter = header;
            var body = HttpMethods.IsGet(context.Request.Method) ? "[]" : """{"permalink":{"id":"p"}}""";
            return status == 200 ? context.Response.WriteAsync(body) : Task.CompletedTask;
        });
    }

    /// <summary>Moves the clock over each wait of the call, and never as far as its time-out.</summary>
    private async Task<T> AdvanceAsync<T>(Task<T> call)
    {
        for (var retry = 0; retry < 2 && !call.IsCompleted; retry++)
        {
            await Task.WhenAny(call, _clock.WhenArmedAsync(2, TestContext.Current.CancellationToken));
            _clock.Advance(TimeSpan.FromSeconds(1.5));
        }

        return await call;
    }

    private EyesonRestClient Client(Uri url, int retries = 2) =>
        new(_http, new EyesonRestOptions { Url = url, ApiKey = "key", Retries = retries }, _clock);
}
