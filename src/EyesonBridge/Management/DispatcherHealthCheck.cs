using EyesonBridge.Bus;
using EyesonBridge.Outbox;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Management;

/// <summary>
/// Unhealthy when the dispatcher does nothing although events wait. A broker that is away or silent is something else:
/// then attempts still complete, although they fail.
/// </summary>
internal sealed class DispatcherHealthCheck(OutboxDispatcher dispatcher, IOptions<ManagementOptions> management, IOptions<BusOptions> bus) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "dispatcher";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuckFor = dispatcher.Progress.StuckFor;
        return Task.FromResult(stuckFor > management.Value.StuckAfter + bus.Value.PublishTimeout // an attempt may take that long
            ? HealthCheckResult.Unhealthy($"The dispatcher has made no progress for {stuckFor.TotalSeconds:0} s. Restart the process; no data is lost.")
            : HealthCheckResult.Healthy("The dispatcher is making progress."));
    }
}
