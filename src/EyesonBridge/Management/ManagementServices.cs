using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using EyesonBridge.Management.Api;
using EyesonBridge.Management.Status;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace EyesonBridge.Management;

/// <summary>Registers and maps the HTTP side for operators.</summary>
internal static class ManagementServices
{
    private const string Live = "live";
    private const string Startup = "startup";

    public static IServiceCollection AddBridgeManagement(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<DispatcherHealthCheck>(DispatcherHealthCheck.Name, tags: [Live])
            .AddCheck<SupervisorHealthCheck>(SupervisorHealthCheck.Name, tags: [Live])
            .AddCheck<StartHealthCheck>(StartHealthCheck.Name, tags: [Startup])
            .AddCheck<StoreHealthCheck>(StoreHealthCheck.Name)
            .AddCheck<PublishingHealthCheck>(PublishingHealthCheck.Name)
            .AddCheck<RoutingHealthCheck>(RoutingHealthCheck.Name)
            .AddCheck<AccountsHealthCheck>(AccountsHealthCheck.Name);
        services.TryAddSingleton<HostRule>();
        services.TryAddSingleton<BridgeGauges>();
        services.TryAddSingleton<CapacityGauges>();
        services.TryAddSingleton<OwnStatus>();
        services.TryAddSingleton<ReplicaReports>();
        services.TryAddSingleton<StatusReader>();
        services.ConfigureHttpJsonOptions(static http =>
        {
            http.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, StatusJson.Default);
        });
        services.AddOpenApi(ApiDocument.Describe);
        return services;
    }

    /// <summary>
    /// <c>/health/live</c>: nothing is stuck that a restart would free; it depends on neither Eyeson nor the broker. <c>/health/startup</c>:
    /// everything has started. <c>/health/ready</c>: bus connected, store writable, events get out. <c>/metrics</c> if it is asked for.
    /// </summary>
    public static void MapBridgeManagement(this IEndpointRouteBuilder endpoints)
    {
        MapHealth("/health/live", static check => check.Tags.Contains(Live));
        MapHealth("/health/startup", static check => check.Tags.Contains(Startup));
        MapHealth("/health/ready", IsAboutReadiness);
        endpoints.MapStatus();
        endpoints.MapStatusApi();
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<ManagementOptions>>().Value.Prometheus)
            MapMetrics(endpoints);

        void MapHealth(string path, Func<HealthCheckRegistration, bool> isAbout) => endpoints.MapHealthChecks(path, new HealthCheckOptions
        {
            Predicate = isAbout,
            ResponseWriter = HealthResponse.WriteAsync,
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // without it, nothing of OpenTelemetry is loaded
    private static void MapMetrics(IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<MeterProvider>() is { } metrics)
            endpoints.MapPrometheusScrapingEndpoint("/metrics", metrics, configureBranchedPipeline: null, optionsName: null);
    }

    /// <summary>True for the checks of <c>/health/ready</c>.</summary>
    public static bool IsAboutReadiness(HealthCheckRegistration check) => !check.Tags.Contains(Live) && !check.Tags.Contains(Startup);
}
