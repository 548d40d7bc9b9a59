using System.ComponentModel.DataAnnotations;

namespace EyesonBridge.Outbox;

/// <summary>How much may wait to be published; section <c>Outbox</c>.</summary>
internal sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>
    /// Sum of the payloads in bytes beyond which no further frame is read from any socket. Default 2 GiB. 2 GiB hold
    /// some 1.3 million events.
    /// </summary>
    [Range(typeof(long), "65536", "9223372036854775807")]
    public long MaxBytes { get; set; } = 2L * 1024 * 1024 * 1024;
}
