using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace EyesonBridge.Tests.Telemetry;

/// <summary>Takes what is sent over OTLP's <c>http/protobuf</c> in this process, and answers, or never does.</summary>
internal sealed class CollectorStandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Text)> _taken = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _hanging = new();

    private CollectorStandIn(WebApplication app) => _app = app;

    /// <summary>Done when the first request has come.</summary>
    public Task FirstRequest => _first.Task;

    /// <summary>Starts one.</summary>
    /// <param name="hangs">Never answers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<CollectorStandIn> StartAsync(bool hangs, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new CollectorStandIn(builder.Build());
        collector._app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            collector._taken.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
            collector._first.TrySetResult();
            if (hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, collector._hanging.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await collector._app.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>The settings of a program that sends here, and only what the flush at the end sends.</summary>
    public Dictionary<string, string?> Settings() => new(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "3600000",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "3600000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "3600000",
    };

    /// <summary>True when a text was sent to a signal's path.</summary>
    public bool Holds(string path, string text) =>
        _taken.Any(taken => string.Equals(taken.Path, path, StringComparison.Ordinal) && taken.Text.Contains(text, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _hanging.CancelAsync();
        await _app.DisposeAsync();
        _hanging.Dispose();
    }
}
