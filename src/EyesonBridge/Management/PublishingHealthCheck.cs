using EyesonBridge.Outbox;
using EyesonBridge.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Healthy while events get out. A broker that is connected but confirms nothing shows here.</summary>
internal sealed class PublishingHealthCheck(OutboxDispatcher dispatcher, IBridgeStore store) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "publishing";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var waiting = store.Depth.Count;
        return Task.FromResult(dispatcher.Problem is { } problem
            ? HealthCheckResult.Unhealthy($"Events cannot be published: {problem}. {waiting} events are waiting in the outbox and will be retried.")
            : HealthCheckResult.Healthy($"{waiting} events are waiting in the outbox."));
    }
}
