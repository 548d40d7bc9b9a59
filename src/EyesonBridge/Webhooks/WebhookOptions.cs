namespace EyesonBridge.Webhooks;

/// <summary>Whether Eyeson's webhooks are received; section <c>Webhook</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>True to serve <c>POST /webhooks/eyeson/{account}</c> on the management port. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The largest body, in bytes. Default 256 KiB; larger ones are rejected with 413.</summary>
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How many deliveries per second are accepted for an account; more are rejected with 429. Default 100. Those with a wrong signature have a separate limit of the same size.</summary>
    public int PerSecond { get; set; } = 100;
}
