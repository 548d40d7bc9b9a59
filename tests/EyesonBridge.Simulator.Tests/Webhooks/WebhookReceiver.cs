using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Simulator.Tests.Webhooks;

/// <summary>Takes webhooks over real HTTP.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<(byte[] Body, string Signature)> _received = Channel.CreateUnbounded<(byte[], string)>();

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.Single()), "hook?a=b");

    public static async Task<WebhookReceiver> StartAsync(int status = 204)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Assert.Equal(("POST", "/hook?a=b", "application/json"), (context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.ContentType));
            context.Response.StatusCode = status;
            receiver._received.Writer.TryWrite((body.ToArray(), context.Request.Headers["X-Eyeson-Signature"].ToString()));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public async Task<(byte[] Body, string Signature)> NextAsync() =>
        await _received.Reader.ReadAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
