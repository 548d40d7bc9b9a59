using System.Text;

namespace EyesonBridge.Simulator;

/// <summary>An event that a room has sent, whether somebody listened or not.</summary>
public sealed record SentEvent
{
    /// <summary>1, 2, 3 … within the room.</summary>
    public required int Number { get; init; }

    /// <summary>The wire type; <c>raw</c> for a body given as such that has none.</summary>
    public required string Type { get; init; }

    /// <summary>The body, as it went into <c>message</c>.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>To how many subscriptions.</summary>
    public required int Observers { get; init; }

    /// <summary>The body as text.</summary>
    public string Json => Encoding.UTF8.GetString(Body.Span);
}
