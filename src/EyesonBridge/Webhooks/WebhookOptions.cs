namespace EyesonBridge.Webhooks;

/// <summary>Whether Eyeson's webhooks are received; section <c>Webhook</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>True to serve <c>POST /webhooks/eyeson/{account}</c> on the management port. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The largest body, in bytes. Default 256 KiB; more is refused with 413.</summary>
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How many deliveries of an account are taken in a second; more are refused with 429. Default 100. Those with a wrong signature have a limit of their own, of the same size.</summary>
    public int PerSecond { get; set; } = 100;
}
