using EyesonBridge.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Reports event types that no queue is bound to. Always healthy: not every type needs a consumer.</summary>
internal sealed class RoutingHealthCheck(UnroutedEvents unrouted) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "routing";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var counts = unrouted.Counts;
        return Task.FromResult(HealthCheckResult.Healthy(counts.Count == 0
            ? "Every event was routed to a queue."
            : $"No queue is bound to: {string.Join(", ", counts.Select(pair => $"{pair.Key} ({pair.Value})"))}."));
    }
}
