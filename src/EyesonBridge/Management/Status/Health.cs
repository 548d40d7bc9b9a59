using System.Text.Json.Serialization;
using EyesonBridge.Contracts.V1;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>How well something is; the names and the order of <see cref="HealthStatus"/>.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Health>))]
internal enum Health
{
    /// <summary>It does not work.</summary>
    Unhealthy = HealthStatus.Unhealthy,

    /// <summary>It works, but somebody should look.</summary>
    Degraded = HealthStatus.Degraded,

    /// <summary>It works.</summary>
    Healthy = HealthStatus.Healthy,
}
