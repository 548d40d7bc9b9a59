using EyesonBridge.Eyeson.Cable;
using EyesonBridge.Eyeson.Rest;
using EyesonBridge.Eyeson.Tests.Cable;
using EyesonBridge.Eyeson.Tests.Peer;
using EyesonBridge.Eyeson.Tests.Rest;
using EyesonBridge.Testing;
using Microsoft.AspNetCore.Http;

namespace EyesonBridge.Eyeson.Tests.Examples;

/// <summary>The README's code is compiled, run, and the same as here.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData("EventPrinter.cs")]
    [InlineData("RunningMeetings.cs")]
    [InlineData("PermalinkGuest.cs")]
    public async Task Readme_ItsExamples_AreTheCompiledOnes(string file)
    {
        var folder = AppContext.BaseDirectory;
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"), TestContext.Current.CancellationToken);
        var source = await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);

        var example = source
            .Replace("namespace EyesonBridge.Eyeson.Tests.Examples;\n\n", "", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains($"```csharp\n{example}```", readme, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EventPrinter_OnARoom_PrintsWhatHappens()
    {
        await using var peer = await ScriptedPeer.StartAsync(new PeerScript().Subscribed()
            .Send(PeerScript.Message("""{"type":"participant_update","participant":{"name":"Ada","online":true}}"""))
            .Send(PeerScript.Message("""{"type":"chat","content":"Hello","user_id":"ada"}"""))
            .Send(PeerScript.Message("""{"type":"lock","locked":true}"""))
            .Send(PeerScript.Message("""{"type":"room_update","content":{"shutdown":true}}"""))
            .ExpectClose().Close());
        await using var output = new StringWriter { NewLine = "\n" };

        var ending = await EventPrinter.RunAsync(CableFixture.Target(peer.Url), output, TestContext.Current.CancellationToken);

        Assert.Equal(CableEndingKind.Finished, ending.Kind);
        Assert.StartsWith("connected\nsubscribed\nAda joined\nada: Hello\n(lock)\nthe meeting is over\nFinished: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningMeetings_WithOne_PrintsWhoIsThere()
    {
        await using var server = await RestServer.StartAsync(context => context.Response.WriteAsync(
            context.Request.Path == "/rooms" ? """[{"id":"r","name":"Daily"}]""" : """[{"name":"Ada"},{"name":"Bob"}]"""));
        using var http = new HttpClient();
        await using var output = new StringWriter { NewLine = "\n" };

        var eyeson = new EyesonRestClient(http, new EyesonRestOptions { Url = server.Url, ApiKey = "key" });
        await RunningMeetings.PrintAsync(eyeson, output, TestContext.Current.CancellationToken);

        Assert.Equal("Daily: Ada, Bob\n", output.ToString());
        Assert.Equal(["GET /rooms [key]", "GET /rooms/r/users?online=true [key]"], server.Requests, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(201, """{"access_key":"k"}""", "k", null)]
    [InlineData(423, "", null, "the meeting is locked")]
    [InlineData(410, "", null, "the meeting is over")]
    public async Task PermalinkGuest_HostStartsLater_TakesASeat(int status, string body, string? accessKey, string? problem)
    {
        var startedAt = "null";
        await using var server = await RestServer.StartAsync(context =>
        {
            if (!HttpMethods.IsPost(context.Request.Method))
                return context.Response.WriteAsync($$$"""{"permalink":{"id":"p"},"room":{"id":"r","started_at":{{{startedAt}}}}}""");
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        });
        using var http = new HttpClient();
        var clock = new ManualTimeProvider();

        var join = PermalinkGuest.JoinAsync(
            new EyesonPermalinkClient(http, server.Url), "guest", "Ada", clock, TestContext.Current.CancellationToken);
        await clock.WhenArmedAsync(1, TestContext.Current.CancellationToken);
        startedAt = "\"2026-01-01T12:00:00Z\"";
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((accessKey, problem), await join);
        Assert.Equal(["GET /permalink/guest []", "GET /permalink/guest []", "POST /guests/guest []"], server.Requests, StringComparer.Ordinal);
    }
}
