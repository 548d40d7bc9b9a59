using EyesonBridge.Accounts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management;

/// <summary>Degraded while Eyeson rejects the key of an account: the rooms of other accounts are still observed.</summary>
internal sealed class AccountsHealthCheck(AccountGate accounts) : IHealthCheck
{
    /// <summary>Name among the health checks.</summary>
    public const string Name = "accounts";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var refused = accounts.Refused;
        return Task.FromResult(refused.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                $"Eyeson rejects the API key of: {string.Join(", ", refused)}. Put a valid key into the account's ApiKeyFile, or set ApiKey and restart."));
    }
}
