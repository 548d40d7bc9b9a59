namespace EyesonBridge.Eyeson.Cable;

/// <summary>How a connection ended. It holds no key and no URL: it can be logged.</summary>
public sealed record CableEnding
{
    /// <summary>Why it ended.</summary>
    public required CableEndingKind Kind { get; init; }

    /// <summary>
    /// The wire's <c>reason</c> in a <c>disconnect</c>, such as <c>unauthorized</c> or <c>server_restart</c>; at most 200
    /// characters. <c>unauthorized</c> means a bad key or a room that is not running.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>The wire's <c>reconnect</c> in a <c>disconnect</c>; false is final. Null when it was not said.</summary>
    public bool? Reconnect { get; init; }

    /// <summary>Whether <c>welcome</c> was received.</summary>
    public bool Welcomed { get; init; }

    /// <summary>Whether the subscription was confirmed.</summary>
    public bool Subscribed { get; init; }

    /// <summary>
    /// When the last frame, pings included, was received (UTC): up to then nothing was missed. When frames were read late, the moment
    /// at which reading fell behind. A <c>disconnect</c> does not count: nothing is sent after it. Null when none was received.
    /// </summary>
    public DateTimeOffset? LastFrameAt { get; init; }

    /// <summary>The HTTP status of a rejected upgrade.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The code of the server's close frame; 1005 when it held none.</summary>
    public int? CloseCode { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Detail { get; init; }
}
