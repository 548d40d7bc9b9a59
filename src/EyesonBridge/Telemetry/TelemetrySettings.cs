namespace EyesonBridge.Telemetry;

/// <summary>What is exported, by OpenTelemetry's own variables: nothing without an endpoint.</summary>
internal sealed class TelemetrySettings(IConfiguration configuration)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public const string Traces = "TRACES";
    public const string Metrics = "METRICS";
    public const string Logs = "LOGS";

    /// <summary>All of them.</summary>
    public static readonly string[] Signals = [Traces, Metrics, Logs];

    /// <summary>True when a signal has somewhere to go and nobody turned it off.</summary>
    /// <param name="signal">One of <see cref="Signals"/>.</param>
    public bool IsOn(string signal) =>
        !IsTrue(configuration["OTEL_SDK_DISABLED"])
        && !string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase)
        && (OwnEndpoint(signal) ?? Value(Endpoint)) is not null;

    /// <summary>True when metrics are kept for whoever asks at <c>/metrics</c>.</summary>
    public bool IsScraped => !IsTrue(configuration["OTEL_SDK_DISABLED"]) && configuration.GetValue<bool>("Management:Prometheus");

    /// <summary>True when nobody says which measurements get an exemplar.</summary>
    public bool HasNoExemplarFilter => Value("OTEL_METRICS_EXEMPLAR_FILTER") is null;

    /// <summary>The endpoint that is meant for one signal alone.</summary>
    public string? OwnEndpoint(string signal) => Own(signal, "ENDPOINT");

    /// <summary>Another setting that is meant for one signal alone.</summary>
    public string? Own(string signal, string setting) => Value($"OTEL_EXPORTER_OTLP_{signal}_{setting}");

    /// <summary>What is wrong, each naming its variable. Values are not repeated: an address can hold a password.</summary>
    public IEnumerable<string> Problems()
    {
        foreach (var name in Names("ENDPOINT"))
        {
            if (Value(name) is { } value && (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
                yield return $"{name} must be an http or https address such as http://localhost:4317.";
        }

        foreach (var name in Names("PROTOCOL"))
        {
            if (Value(name) is not (null or "grpc" or "http/protobuf"))
                yield return $"{name} must be grpc or http/protobuf.";
        }

        foreach (var name in Names("HEADERS"))
        {
            if (Value(name) is { } value && !AreHeaders(value))
                yield return $"{name} must be NAME=VALUE, several of them with commas between.";
        }
    }

    /// <summary>As the exporter reads them: decoded first, and nothing empty between two commas.</summary>
    private static bool AreHeaders(string value)
    {
        var headers = Uri.UnescapeDataString(value).Split(',', StringSplitOptions.TrimEntries);
        return headers.Take(headers is [_, .., ""] ? headers.Length - 1 : headers.Length).All(static header => header.IndexOf('=', StringComparison.Ordinal) > 0);
    }

    private static string[] Names(string setting) =>
    [
        $"OTEL_EXPORTER_OTLP_{setting}",
        .. Signals.Select(signal => $"OTEL_EXPORTER_OTLP_{signal}_{setting}"),
    ];

    private string? Value(string name) => configuration[name] is { Length: > 0 } value ? value.Trim() : null;

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
