using System.Text;

namespace EyesonBridge.Simulator;

/// <summary>A webhook that was sent.</summary>
public sealed record WebhookDelivery
{
    /// <summary>1, 2, 3 …</summary>
    public required int Number { get; init; }

    /// <summary>Where it went.</summary>
    public required Uri Url { get; init; }

    /// <summary>The type of the event.</summary>
    public required string Type { get; init; }

    /// <summary>The body, as it was signed.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The header <c>X-Eyeson-Signature</c>.</summary>
    public required string Signature { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>What was answered; null when nothing was.</summary>
    public required int? Status { get; init; }

    /// <summary>The body as text.</summary>
    public string Json => Encoding.UTF8.GetString(Body.Span);
}
