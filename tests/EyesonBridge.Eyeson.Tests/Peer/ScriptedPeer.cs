using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Eyeson.Tests.Peer;

/// <summary>A real server on a port of its own that follows a script with every connection.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<PeerRequest> _requests = new();
    private readonly ConcurrentBag<Task> _runs = [];

    private ScriptedPeer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single().Replace("https://127.0.0.1", "https://localhost", StringComparison.Ordinal));

    /// <summary>The upgrades that came, in their order.</summary>
    public IReadOnlyList<PeerRequest> Requests => [.. _requests];

    /// <param name="script">What it does with every connection.</param>
    /// <param name="certificate">Of a server with TLS.</param>
    public static async Task<ScriptedPeer> StartAsync(PeerScript script, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        var peer = new ScriptedPeer(app);
        app.Run(context => peer.ServeAsync(context, script));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>Completes when every connection so far has gone through its script; throws what a step threw.</summary>
    public Task ScriptsDoneAsync() => Task.WhenAll(_runs).WaitAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAsync(HttpContext context, PeerScript script)
    {
        var run = new TaskCompletionSource();
        _runs.Add(run.Task);
        var headers = context.Request.Headers;
        _requests.Enqueue(new PeerRequest(
            context.Request.Path,
            context.Request.QueryString.Value ?? "",
            headers.Authorization.FirstOrDefault(),
            [.. context.WebSockets.WebSocketRequestedProtocols]));
        try
        {
            if (script.RefuseWith is { } status)
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = status is >= 300 and < 400 ? "http://127.0.0.1:1/" : default;
            }
            else
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync(script.Protocol);
                await script.RunAsync(new PeerSocket(socket, context, _stopping.Token));
            }

            run.SetResult();
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            run.SetResult();
        }
        catch (Exception e)
        {
            run.SetException(e);
        }
    }
}
