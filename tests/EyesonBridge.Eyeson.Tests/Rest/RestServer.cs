using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Eyeson.Tests.Rest;

/// <summary>A real server that answers every request in the same way.</summary>
internal sealed class RestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _bodies = new();

    private RestServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>What came, as <c>METHOD target [authorization]</c>.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>What the requests held, as <c>content-type: body</c>, or empty.</summary>
    public IReadOnlyList<string> Bodies => [.. _bodies];

    public static Task<RestServer> AnswerAsync(int status, string body = "", params (string Name, string Value)[] headers) =>
        StartAsync(context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return body.Length == 0 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });

    public static async Task<RestServer> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        var server = new RestServer(app);
        app.Run(async context =>
        {
            var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            server._requests.Enqueue($"{context.Request.Method} {target} [{context.Request.Headers.Authorization}]");
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            server._bodies.Enqueue(context.Request.ContentType is { } type ? $"{type}: {body}" : body);
            await answer(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
