using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EyesonBridge.Management.Status;

/// <summary>One part of readiness.</summary>
/// <param name="Name">Its name among the health checks.</param>
/// <param name="Health">How it is.</param>
/// <param name="Description">What is wrong, or what there is to say.</param>
internal sealed record PartStatus(string Name, HealthStatus Health, string? Description);
