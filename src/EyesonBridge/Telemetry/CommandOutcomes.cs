namespace EyesonBridge.Telemetry;

/// <summary>How a command ended.</summary>
internal static class CommandOutcomes
{
    /// <summary>It was carried out.</summary>
    public const string Completed = "completed";

    /// <summary>It was answered with a rejection, or moved to the error queue with one.</summary>
    public const string Rejected = "rejected";

    /// <summary>It could not be carried out, or not be read: it is in the error queue, unless it carries a token.</summary>
    public const string Failed = "failed";

    /// <summary>Its answer cannot be sent, or it came too often without being completed: it is in the undeliverable queue, unless it carries a token.</summary>
    public const string Undeliverable = "undeliverable";

    /// <summary>It is of a type that the bridge does not handle.</summary>
    public const string Skipped = "skipped";
}
