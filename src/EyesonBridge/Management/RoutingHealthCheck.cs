using EyesonBridge.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>
/// Degraded while events of some types go nowhere, as no queue is bound to them. Never worse: not every type needs a consumer.
/// </summary>
internal sealed class RoutingHealthCheck(UnroutedEvents unrouted) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "routing";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var counts = unrouted.Counts;
        return Task.FromResult(counts.Count == 0
            ? HealthCheckResult.Healthy("Every event was routed to a queue.")
            : HealthCheckResult.Degraded(
                $"No queue was bound to these events, which are lost: {string.Join(", ", counts.Select(pair => $"{pair.Key} ({pair.Value})"))}. Bind a durable queue to the types that somebody needs."));
    }
}
