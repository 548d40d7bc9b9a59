using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Webhooks;

/// <summary>Whether Eyeson's webhooks are received; section <c>Webhook</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhook";

    /// <summary>Whether to serve <c>POST /webhooks/eyeson/{account}</c>. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// Where to listen for webhooks, and for nothing else, such as <c>http://0.0.0.0:8081</c>; needs a port of its own. Without
    /// it, they are served at <c>Management:Url</c>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>How many connections <see cref="Url"/> takes at a time; more are closed. Default 512. Without that address there is no such limit.</summary>
    [Range(1, 100_000)]
    public int MaxConnections { get; set; } = 512;

    /// <summary>How many bodies are read at a time, before it is known who sent them. Default 64. With the largest bodies that is 16 MiB.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrent { get; set; } = 64;

    /// <summary>How many of these may name the same account. Default 16.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentPerAccount { get; set; } = 16;

    /// <summary>How long a body may take to arrive. Default 5 s. Slower ones are rejected with 408, and after a second when others wait.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How old a delivery may be by its timestamp; older ones, and those that were received before, lead to nothing. Default 24 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ReplayWindow { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The largest body, in bytes. Default 256 KiB. Larger ones are rejected with 413.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 256 * 1024;

    /// <summary>How many deliveries per second are accepted for an account; more are rejected with 429. Default 100. Those that are not from Eyeson have one limit of the same size, for all accounts together.</summary>
    [Range(1, 100_000)]
    public int PerSecond { get; set; } = 100;
}
