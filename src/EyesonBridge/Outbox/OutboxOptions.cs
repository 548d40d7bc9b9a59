namespace EyesonBridge.Outbox;

/// <summary>How much may wait to be published; section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>
    /// Sum of the payloads in bytes beyond which no further frame is read from any socket. Default 2 GiB, which is some
    /// three million events.
    /// </summary>
    public long MaxBytes { get; set; } = 2L * 1024 * 1024 * 1024;
}
