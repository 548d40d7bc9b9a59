using EyesonBridge.Observation;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EyesonBridge.Management;

/// <summary>Unhealthy when the supervisor has not ended a round for long, though the store takes writes.</summary>
internal sealed class SupervisorHealthCheck(Supervisor supervisor, IOptions<ManagementOptions> management) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "supervisor";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuckFor = supervisor.Progress.StuckFor;
        return Task.FromResult(stuckFor > management.Value.StuckAfter
            ? HealthCheckResult.Unhealthy($"The supervisor has made no progress for {stuckFor.TotalSeconds:0} s. Restart the process; no data is lost.")
            : HealthCheckResult.Healthy("The supervisor is making progress."));
    }
}
