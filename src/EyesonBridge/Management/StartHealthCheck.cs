using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Healthy once everything has started; whether broker and Eyeson answer is another matter.</summary>
internal sealed class StartHealthCheck(IHostApplicationLifetime lifetime) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "start";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(lifetime.ApplicationStarted.IsCancellationRequested
            ? HealthCheckResult.Healthy("Everything has started.")
            : HealthCheckResult.Unhealthy("Still starting."));
}
