using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EyesonBridge.Telemetry;

/// <summary>
/// Sends traces and metrics over OTLP, if there is somewhere to send them. Made before anything that could be traced, and
/// disposed of after it, so that the last spans get out too.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private const string ServiceName = "eyeson-bridge";
    private const int FlushMilliseconds = 3_000;

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public TelemetryExport(IConfiguration configuration)
    {
        var settings = new TelemetrySettings(configuration);
        if (settings.IsOn(TelemetrySettings.Traces))
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(Resource())
                .AddSource(BridgeTelemetry.SourceName)
                .AddOtlpExporter(options => Apply(options, settings, TelemetrySettings.Traces))
                .Build();
        }

        if (settings.IsOn(TelemetrySettings.Metrics))
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .ConfigureServices(services => services.AddSingleton(configuration))
                .SetResourceBuilder(Resource())
                .AddMeter(BridgeMetrics.MeterName, "System.Runtime")
                .AddOtlpExporter((options, _) => Apply(options, settings, TelemetrySettings.Metrics))
                .Build();
        }
    }

    /// <summary>Adds the export of logs.</summary>
    public static void AddLogs(ILoggingBuilder logging, IConfiguration configuration)
    {
        var settings = new TelemetrySettings(configuration);
        if (!settings.IsOn(TelemetrySettings.Logs))
            return;

        logging.AddOpenTelemetry(logs =>
        {
            logs.SetResourceBuilder(Resource());
            logs.IncludeScopes = true;
            logs.IncludeFormattedMessage = true;
            logs.AddOtlpExporter(options => Apply(options, settings, TelemetrySettings.Logs));
        });
    }

    /// <summary>Sends what is left, both at once so that stopping does not take long, and ends.</summary>
    public void Dispose()
    {
        Parallel.Invoke(() => _traces?.Shutdown(FlushMilliseconds), () => _metrics?.Shutdown(FlushMilliseconds));
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    /// <summary>Who we are; <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> win.</summary>
    private static ResourceBuilder Resource()
    {
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var isContainer = string.Equals(Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);
        return ResourceBuilder.CreateEmpty()
            .AddService(
                ServiceName,
                serviceVersion: version,
                serviceInstanceId: isContainer ? Environment.MachineName : $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }

    private static void Apply(OtlpExporterOptions options, TelemetrySettings settings, string signal)
    {
        if (settings.OwnEndpoint(signal) is { } endpoint)
            options.Endpoint = new Uri(endpoint);
        if (settings.Own(signal, "PROTOCOL") is { } protocol)
            options.Protocol = protocol is "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        if (settings.Own(signal, "HEADERS") is { } headers)
            options.Headers = headers;
    }
}
