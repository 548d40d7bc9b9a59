using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EyesonBridge.Management;

/// <summary>Registers and maps the HTTP side for operators.</summary>
internal static class ManagementServices
{
    public static IServiceCollection AddBridgeManagement(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<StoreHealthCheck>(StoreHealthCheck.Name)
            .AddCheck<PublishingHealthCheck>(PublishingHealthCheck.Name)
            .AddCheck<RoutingHealthCheck>(RoutingHealthCheck.Name)
            .AddCheck<AccountsHealthCheck>(AccountsHealthCheck.Name);
        services.TryAddSingleton<BridgeGauges>();
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: bus connected and store writable.</summary>
    public static void MapBridgeManagement(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = static _ => false,
            ResponseWriter = HealthResponse.WriteAsync,
        });
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = HealthResponse.WriteAsync });
    }
}
