namespace EyesonBridge.Telemetry;

/// <summary>How an attempt to publish ended.</summary>
internal static class PublishOutcomes
{
    /// <summary>The broker confirmed it.</summary>
    public const string Confirmed = "confirmed";

    /// <summary>The broker confirmed it and has no queue for it.</summary>
    public const string Unrouted = "unrouted";

    /// <summary>No confirm was received: it will be retried.</summary>
    public const string Failed = "failed";
}
