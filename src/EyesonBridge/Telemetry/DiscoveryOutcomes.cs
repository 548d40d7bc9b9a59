namespace EyesonBridge.Telemetry;

/// <summary>How a look at the running meetings of an account ended.</summary>
internal static class DiscoveryOutcomes
{
    /// <summary>Eyeson answered, and what runs is registered.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>Eyeson rejects the account's key.</summary>
    public const string KeyRefused = "keyRefused";

    /// <summary>Eyeson did not answer, or the store did not take what runs.</summary>
    public const string Failed = "failed";
}
