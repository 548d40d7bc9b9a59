using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EyesonBridge.Telemetry;

/// <summary>Sends traces, metrics and logs over OTLP, each if there is somewhere to send it, and keeps metrics for Prometheus to fetch.</summary>
internal static class TelemetryServices
{
    private const string ServiceName = "eyeson-bridge";

    /// <summary>Registers what sends the signals that are on; nothing at all when none is.</summary>
    public static IServiceCollection AddBridgeTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = new TelemetrySettings(configuration);
        return settings.IsScraped || TelemetrySettings.Signals.Any(settings.IsOn) ? AddSignals(services, settings) : services;
    }

    /// <summary>
    /// Makes the providers. Services are disposed of in the reverse order of their making: so this comes before anything that
    /// could be traced or measured is made.
    /// </summary>
    public static void UseBridgeTelemetry(this IServiceProvider services) => services.GetService<TelemetryFlush>();

    [MethodImpl(MethodImplOptions.NoInlining)] // without a signal, nothing of OpenTelemetry is loaded
    private static IServiceCollection AddSignals(IServiceCollection services, TelemetrySettings settings)
    {
        services.TryAddSingleton<TelemetryFlush>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(Describe);
        if (settings.IsOn(TelemetrySettings.Traces))
        {
            telemetry.WithTracing(traces => traces
                .AddSource(BridgeTelemetry.SourceName)
                .AddOtlpExporter(options => Apply(options, settings, TelemetrySettings.Traces)));
        }

        if (settings.IsScraped || settings.IsOn(TelemetrySettings.Metrics))
            telemetry.WithMetrics(metrics => Measure(metrics, settings));

        if (settings.IsOn(TelemetrySettings.Logs))
        {
            telemetry.WithLogging(
                logs => logs.AddOtlpExporter(options => Apply(options, settings, TelemetrySettings.Logs)),
                options =>
                {
                    options.IncludeScopes = true;
                    options.IncludeFormattedMessage = true;
                });
        }

        return services;
    }

    /// <summary>Who we are; <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> come last, and so they win.</summary>
    private static void Describe(ResourceBuilder resource)
    {
        var version = typeof(TelemetryServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        var isContainer = string.Equals(Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);
        resource
            .Clear()
            .AddService(
                ServiceName,
                serviceVersion: version,
                serviceInstanceId: isContainer ? Environment.MachineName : $"{Environment.MachineName}-{Environment.ProcessId}")
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
    }

    private static void Measure(MeterProviderBuilder metrics, TelemetrySettings settings)
    {
        metrics.AddMeter(BridgeMetrics.MeterName, "System.Runtime");
        if (settings.HasNoExemplarFilter)
            metrics.SetExemplarFilter(ExemplarFilterType.TraceBased);
        if (settings.IsOn(TelemetrySettings.Metrics))
            metrics.AddOtlpExporter((options, _) => Apply(options, settings, TelemetrySettings.Metrics));
        if (settings.IsScraped)
            metrics.AddPrometheusExporter();
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
