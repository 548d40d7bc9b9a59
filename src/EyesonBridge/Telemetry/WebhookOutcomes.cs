namespace EyesonBridge.Telemetry;

/// <summary>How a request for the address of webhooks was answered.</summary>
internal static class WebhookOutcomes
{
    /// <summary>What it says is on disk, or needs nothing.</summary>
    public const string Taken = "taken";

    /// <summary>It is from Eyeson, and nothing can be done about it: no room, an unusable id, a room of another account.</summary>
    public const string Ignored = "ignored";

    /// <summary>It was received before, or is too old.</summary>
    public const string Repeated = "repeated";

    /// <summary>The signature is wrong, or there is no such account.</summary>
    public const string Forged = "forged";

    /// <summary>Its body was too large, too slow, or broken off.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>There were too many, in a second or at a time.</summary>
    public const string Limited = "limited";

    /// <summary>The store did not take it in time.</summary>
    public const string NotStored = "notStored";
}
