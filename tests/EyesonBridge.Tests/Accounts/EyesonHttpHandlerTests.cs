using EyesonBridge.Accounts;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace EyesonBridge.Tests.Accounts;

public sealed class EyesonHttpHandlerTests
{
    /// <summary>Another server would be sent the key, or the token in the path, and its answer would be taken for Eyeson's.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Call_AnsweredByARedirect_IsNotSentOn()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var sentOn = 0;
        await using var server = WebApplication.CreateSlimBuilder().Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/rooms", () => Results.Redirect("/elsewhere"));
        server.MapGet("/elsewhere", () =>
        {
            Interlocked.Increment(ref sentOn);
            return Results.Text("[]", "application/json");
        });
        await server.StartAsync(cancelled);
        using var http = new HttpClient(EyesonHttpHandler.Create(new ServerTrust("Eyeson", "Eyeson:CaFile", caFile: null, NullLogger.Instance)));
        var eyeson = new EyesonRestClient(http, new EyesonRestOptions { Url = new Uri(server.Urls.First()), ApiKey = "a-key", Retries = 0 }, TimeProvider.System);

        var answer = await eyeson.GetRoomsAsync(cancelled);

        Assert.Equal((RestOutcome.UnexpectedStatus, 302), (answer.Outcome, answer.Status));
        Assert.Equal(0, sentOn);
    }
}
