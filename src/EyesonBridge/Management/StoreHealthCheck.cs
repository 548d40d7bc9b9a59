using EyesonBridge.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Healthy while the store takes writes; proved by one.</summary>
internal sealed class StoreHealthCheck(IBridgeStore store, TimeProvider time) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "store";

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (store.Health is { IsWritable: false, Problem: var problem })
            return HealthCheckResult.Unhealthy(problem);

        using var timeout = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await store.ProbeAsync(either.Token);
            return HealthCheckResult.Healthy("Writes reach the disk.");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy(
                store.Health.Problem ?? $"A write took longer than {Within.TotalSeconds:0} s: the disk is slow, or many writes are queued.");
        }
    }
}
